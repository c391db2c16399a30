import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const undecidedWhenRun: Rule = {
	id: 'undecided-when-run',
	effect: 'held-back',
	when: '`--verify`: it was really built and run there, and whether it works could not be told',
	why: 'who asks for proof is given the base that has it',
	speak({ candidate: { proof } }) {
		return proof?.answer === 'unknown' ? { because: quote(proof.because, 300) } : undefined;
	},
};
