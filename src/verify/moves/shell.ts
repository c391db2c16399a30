import { byName, predictStart } from '../attempts.ts';
import { type Attempt, type Move, marker, says, type Target } from '../move.ts';

const usual = ['sh', 'bash', 'ash', 'dash', 'zsh', 'busybox'];

/** A shell, wherever it lies and whatever it is called; then by the names that everybody tries. */
export const shell: Move = {
	name: 'shell',
	capability: 'run-commands',
	defence: 'a base without a shell; dependency scanning against the flaw that lets commands be injected',
	attempts: (target) => [...found(target), ...usual.map((name) => named(target, name))],
};

function found(target: Target): readonly Attempt[] {
	return target.means
		.filter(({ kind }) => kind === 'shell')
		.map(({ name, speak }) => {
			const because = 'counted as a shell';
			return { what: name, predicted: 'possible', because, argv: speak, harmless: true, succeeded: says(marker) };
		});
}

function named(target: Target, name: string): Attempt {
	const line = ['-c', 'echo footing-$((40+2))'];
	const argv = name === 'busybox' ? [name, 'sh', ...line] : [name, ...line];
	return byName(target, argv, { what: name, succeeded: says(marker), ...predictStart(target, name) });
}
