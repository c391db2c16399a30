import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const provedWhenRun: Rule = {
	id: 'proved-when-run',
	effect: 'kept',
	when: '`--verify`: it was really built and run there, and works',
	why: 'a recommendation carries its evidence',
	speak({ candidate: { proof } }) {
		return proof?.answer === 'holds' ? { because: `really built and run there: ${quote(proof.because, 300)}` } : undefined;
	},
};
