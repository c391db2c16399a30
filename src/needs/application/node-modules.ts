import type { Unseen } from '../../model/need.ts';

/** npm lock file, version 2 and 3: `packages` by path. */
interface LockedPackage {
	readonly dev?: unknown;
	readonly hasInstallScript?: unknown;
	readonly os?: unknown;
	readonly cpu?: unknown;
	readonly libc?: unknown;
}

interface Locked {
	/** Names of the packages that are installed at the top, those for development left out. */
	readonly brings: readonly string[];
	/** Of all packages those with install scripts or built for one platform. */
	readonly natives: readonly string[];
}

/** What an `npm ci` would bring, told by package-lock.json. Without a lock file of version 2 or 3: unknown. */
export function readLock(text: string): Locked | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return undefined;
	}
	const packages = typeof parsed === 'object' && parsed !== null && 'packages' in parsed ? parsed.packages : undefined;
	if (typeof packages !== 'object' || packages === null) return undefined;
	const wanted = Object.entries(packages as Record<string, LockedPackage | null>).filter(
		([path, entry]) => path !== '' && entry?.dev !== true,
	);
	const natives = wanted.filter(([, entry]) => entry?.hasInstallScript === true || entry?.cpu !== undefined || entry?.libc !== undefined);
	return {
		brings: wanted.flatMap(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? []),
		natives: natives.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 13)),
	};
}

/** Takes the installs away that the lock file shows to be harmless; names the native packages of the others. */
export function settleNodeModules(unseen: readonly Unseen[], lockOf: (directory: string) => string | undefined): readonly Unseen[] {
	return unseen.map((problem) => {
		if (problem.code !== 'unseen-node-modules') return problem;
		const text = lockOf(problem.where.replace(/\/node_modules$/, '') || '/');
		const lock = text === undefined ? undefined : readLock(text);
		if (lock === undefined) return { ...problem, message: `${problem.message}; there is no package-lock.json that tells which` };
		const { brings, natives } = lock;
		if (natives.length === 0) return { ...problem, code: 'plain-node-modules', brings };
		return { ...problem, message: `${problem.message}; native: ${natives.slice(0, 10).join(', ')}`, brings };
	});
}
