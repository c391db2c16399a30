import { byName, callOf } from '../attempts.ts';
import { type Attempt, type Move, type Target, wasRun } from '../move.ts';

const usual = ['cc', 'gcc'];

/** Making programs on the spot. */
export const compile: Move = {
	name: 'compile',
	capability: 'compile',
	defence: 'a base without compilers; file systems mounted noexec where data is written',
	attempts: (target) => [...found(target), ...usual.map((name) => byName(target, [name, '--version']))],
};

function found(target: Target): readonly Attempt[] {
	return (target.surface.compilers.items ?? []).slice(0, 10).flatMap((item): readonly Attempt[] => {
		const call = callOf(target, item);
		if (call === undefined) return [];
		const argv = [...call, '--version'];
		return [{ what: call.join(' '), predicted: 'possible', because: 'counted as a compiler', argv, harmless: true, succeeded: wasRun }];
	});
}
