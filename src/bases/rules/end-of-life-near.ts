import type { Rule } from '../rule.ts';

const days = 180;

export const endOfLifeNear: Rule = {
	id: 'end-of-life-near',
	effect: 'kept',
	when: `its distribution or its runtime ends within ${days} days`,
	why: 'the next move is due soon',
	speak({ candidate, today }) {
		const limit = new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
		const near = (candidate.endOfLife ?? []).filter((end) => !end.past && end.date <= limit);
		return near.length === 0 ? undefined : { because: near.map((end) => `${end.what} ends on ${end.date}`).join('; ') };
	},
};
