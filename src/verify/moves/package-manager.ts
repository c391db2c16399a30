import { byName, callOf } from '../attempts.ts';
import { type Attempt, type Move, type Target, wasRun } from '../move.ts';

/** Without a network nothing is installed: it is possible where the package manager starts. */
const usual: readonly (readonly string[])[] = [
	['apt-get', 'install', '-y', 'netcat'],
	['apk', 'add', 'netcat-openbsd'],
];

/** Bringing further software in. */
export const packageManager: Move = {
	name: 'package-manager',
	capability: 'install',
	defence: 'a base without a package manager; a read-only root file system; a network policy without a way out',
	attempts: (target) => [
		...found(target),
		...usual.map((argv) => byName(target, argv, { harmless: [argv[0] ?? '', '--version'], timeoutMs: 30_000 })),
	],
};

function found(target: Target): readonly Attempt[] {
	return (target.surface.packageManagers.items ?? []).flatMap((item): readonly Attempt[] => {
		const call = callOf(target, item);
		if (call === undefined) return [];
		const because = 'counted as a package manager';
		const argv = [...call, '--version'];
		return [{ what: call.join(' '), predicted: 'possible', because, argv, harmless: true, succeeded: wasRun, timeoutMs: 30_000 }];
	});
}
