import type { Rule } from '../rule.ts';

export const pastEndOfLife: Rule = {
	id: 'past-end-of-life',
	effect: 'held-back',
	when: 'its distribution or its runtime gets no free security updates any more',
	why: 'a hole found tomorrow stays open there, however small the base is',
	speak({ candidate }) {
		const past = (candidate.endOfLife ?? []).filter((end) => end.past);
		return past.length === 0 ? undefined : { because: past.map((end) => `${end.what} ended on ${end.date}`).join('; ') };
	},
};
