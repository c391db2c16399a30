import type { Rule } from '../rule.ts';

export const notExamined: Rule = {
	id: 'not-examined',
	effect: 'out',
	when: 'it was not measured or its fit was not checked',
	why: 'what was not looked at is neither smaller nor known to run',
	speak({ candidate }) {
		if (candidate.failed !== undefined) return undefined;
		if (candidate.measurement === undefined) return { because: 'its contents were not measured' };
		return candidate.fit === undefined ? { because: 'whether the application runs there was not checked' } : undefined;
	},
};
