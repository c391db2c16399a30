import type { Check, Need } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import type { LinkingNeed } from './need.ts';
import type { Defect } from './process.ts';

/** A failure is unknown where the missing library may be put in by what could not be seen. */
export function settle(check: Check, defect: Defect, need: Need<LinkingNeed>): Check {
	const hidden = mayBeHidden(defect, need.data.application.unseen);
	if (hidden === undefined) return check;
	return {
		need,
		answer: 'unknown',
		because: [...check.because, { path: hidden.where, shows: hidden.message }],
		hint: `${defect.missing} is not here and may be put there by what could not be seen: ${hidden.message}`,
	};
}

/** Told for completeness: no library comes from there. */
const harmless = new Set(['plain-node-modules', 'unseen-node-modules', 'unseen-user']);

/** Nothing that is put in makes a wrong processor right. */
function mayBeHidden(defect: Defect, unseen: readonly Problem[]): Problem | undefined {
	if (defect.kind === 'bad-format') return undefined;
	return unseen.find(({ where, code }) => !harmless.has(code) && /^\/($|(usr|lib\w*|opt)(\/|$))/.test(where));
}
