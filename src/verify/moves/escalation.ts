import { predictStart } from '../attempts.ts';
import { type Attempt, type Move, type Target, wasRun } from '../move.ts';

const usual = ['su', 'sudo'];

/** Becoming root through programs that are setuid: they are there and can be started by this user. */
export const escalation: Move = {
	name: 'escalation',
	capability: 'escalate',
	defence: 'no-new-privileges (allowPrivilegeEscalation: false), all capabilities dropped, a user namespace',
	attempts: (target) => [...found(target), ...usual.map((name) => named(target, name))],
};

function found(target: Target): readonly Attempt[] {
	return (target.surface.setuid.items ?? []).slice(0, 5).flatMap(({ path }): readonly Attempt[] => {
		if (path === undefined) return [];
		return [
			{
				what: `setuid ${path}`,
				...predictStart(target, path),
				argv: [path, '--help'],
				harmless: true,
				succeeded: wasRun,
				timeoutMs: 10_000,
			},
		];
	});
}

function named(target: Target, name: string): Attempt {
	return { what: name, ...predictStart(target, name), argv: [name, '--help'], harmless: true, succeeded: wasRun, timeoutMs: 10_000 };
}
