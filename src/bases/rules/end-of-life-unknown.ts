import type { Rule } from '../rule.ts';

export const endOfLifeUnknown: Rule = {
	id: 'end-of-life-unknown',
	effect: 'kept',
	when: 'nothing is known of how long it is supported',
	why: 'unknown stays unknown: it is neither supported nor past its end',
	speak({ candidate }) {
		if (candidate.measurement === undefined || (candidate.endOfLife ?? []).length > 0) return undefined;
		return { because: 'how long it gets security updates is not known' };
	},
};
