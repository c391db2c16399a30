import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const couldNotBeHad: Rule = {
	id: 'could-not-be-had',
	effect: 'out',
	when: 'the image could not be opened or read',
	why: 'nothing is known of it; the run goes on without it',
	speak({ candidate: { failed } }) {
		return failed === undefined ? undefined : { because: `${failed.code}: ${quote(failed.message)}` };
	},
};
