import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const failedWhenRun: Rule = {
	id: 'failed-when-run',
	effect: 'out',
	when: '`--verify`: it was really built and run there, and that failed where the current base does not fail',
	why: 'what happens outweighs what was proved from files',
	speak({ candidate: { proof } }) {
		return proof?.answer === 'fails' ? { because: quote(proof.because, 300) } : undefined;
	},
};
