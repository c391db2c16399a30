import type { Problem } from '../../model/problem.ts';

/** npm lock file, version 2 and 3: `packages` by path. */
interface LockedPackage {
	readonly dev?: unknown;
	readonly hasInstallScript?: unknown;
	readonly os?: unknown;
	readonly cpu?: unknown;
	readonly libc?: unknown;
}

/**
 * What an `npm ci` would bring, told by package-lock.json: nothing to report when every package is plain JavaScript; else
 * the packages with install scripts or built for one platform. Without a lock file of version 2 or 3: unknown.
 */
export function lockedNatives(text: string): readonly string[] | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return undefined;
	}
	const packages = typeof parsed === 'object' && parsed !== null && 'packages' in parsed ? parsed.packages : undefined;
	if (typeof packages !== 'object' || packages === null) return undefined;
	return Object.entries(packages as Record<string, LockedPackage | null>).flatMap(([path, entry]) => {
		const native = entry?.hasInstallScript === true || entry?.cpu !== undefined || entry?.libc !== undefined;
		return path !== '' && native && entry?.dev !== true ? [path.slice(path.lastIndexOf('node_modules/') + 13)] : [];
	});
}

/** Takes the installs away that the lock file shows to be harmless; names the native packages of the others. */
export function settleNodeModules(unseen: readonly Problem[], lockOf: (directory: string) => string | undefined): readonly Problem[] {
	return unseen.flatMap((problem) => {
		if (problem.code !== 'unseen-node-modules') return [problem];
		const lock = lockOf(problem.where.replace(/\/node_modules$/, '') || '/');
		const natives = lock === undefined ? undefined : lockedNatives(lock);
		if (natives?.length === 0) return [{ ...problem, code: 'plain-node-modules' }];
		const message = natives
			? `${problem.message}; native: ${natives.slice(0, 10).join(', ')}`
			: `${problem.message}; there is no package-lock.json that tells which`;
		return [{ ...problem, message }];
	});
}
