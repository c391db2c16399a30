import type { Ending } from '../course.ts';
import type { ShellState } from './state.ts';

/** How a script ends that does so now: with the failure that it could not pass over, or with the last status. */
export function exitOf(state: ShellState): Ending {
	if (state.failure !== undefined && state.status !== 0) return { kind: 'fails', failure: state.failure };
	return { kind: 'exits', status: state.status };
}
