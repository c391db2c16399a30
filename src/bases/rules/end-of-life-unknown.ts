import type { Rule } from '../rule.ts';

export const endOfLifeUnknown: Rule = {
	id: 'end-of-life-unknown',
	effect: 'kept',
	when: 'nothing is known of how long it is supported, and there is something in it to support',
	why: 'unknown stays unknown: it is neither supported nor past its end',
	speak({ candidate }) {
		const files = candidate.measurement?.surface.files.count;
		if (files === undefined || files === 0 || (candidate.endOfLife ?? []).length > 0) return undefined;
		return { because: 'how long it gets security updates is not known' };
	},
};
