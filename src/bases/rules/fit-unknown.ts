import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const fitUnknown: Rule = {
	id: 'fit-unknown',
	effect: 'out',
	when: 'the fit is `unknown`: a need could not be decided from the files alone, and nobody has really run it there',
	why: 'unknown is never rounded up; `footing verify` settles it by building and testing',
	speak({ candidate: { fit, proof } }) {
		if (fit?.answer !== 'unknown' || proof?.answer === 'holds') return undefined;
		const open = fit.checks.filter((check) => check.need.certainty !== 'possible' && check.answer !== 'holds');
		const [first] = open;
		if (first === undefined) return { because: 'whether the application runs there could not be decided' };
		const more = open.length > 1 ? ` (and ${open.length - 1} more)` : '';
		return {
			because: `undecided: ${quote(first.need.what)}: ${quote(first.hint ?? first.message ?? first.because[0]?.shows ?? '')}${more}`,
		};
	},
};
