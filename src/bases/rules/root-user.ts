import type { Rule } from '../rule.ts';

export const rootUser: Rule = {
	id: 'root-user',
	effect: 'kept',
	when: 'the application would start as root there, or it is not known as whom',
	why: 'a USER line mends it on any base; what the base contains is not mended so easily',
	speak({ candidate }) {
		if (candidate.measurement === undefined || candidate.runsAs?.root === 'fails') return undefined;
		if (candidate.runsAs?.root === 'holds') return { because: 'starts as root: add a USER line with a number' };
		const user = candidate.runsAs === undefined ? '' : ` (USER ${candidate.runsAs.user})`;
		return { because: `not known whether it starts as root${user}` };
	},
};
