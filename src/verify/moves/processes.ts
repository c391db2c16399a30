import { throughMeans } from '../attempts.ts';
import { type Attempt, type Move, marker } from '../move.ts';

/** Reading of another process what it was started with: whoever shares a process namespace can, proc(5). */
export const processes: Move = {
	name: 'processes',
	capability: 'inspect-processes',
	defence: 'no shared process namespaces (shareProcessNamespace, hostPID), secrets never in arguments, a user of its own for each service',
	attempts: (target) =>
		throughMeans(target, ({ readProcess }) => readProcess, marker, { otherwise: ['ps'] }).map(
			(attempt): Attempt => ({ ...attempt, beside: true }),
		),
};
