import type { Rule } from '../rule.ts';

export const sameAsCurrent: Rule = {
	id: 'same-as-current',
	effect: 'kept',
	when: 'it is the base the application stands on today',
	why: 'staying is an answer too',
	speak({ candidate }) {
		return candidate.from === 'current' ? { because: 'the base it stands on today' } : undefined;
	},
};
