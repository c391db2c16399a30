import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const doesNotRun: Rule = {
	id: 'does-not-run',
	effect: 'out',
	when: 'the fit is `breaks`: a required need is not met and no change of the Dockerfile would meet it',
	why: 'a base that does not carry the application is no base',
	speak({ candidate: { fit } }) {
		if (fit?.answer !== 'breaks') return undefined;
		const failing = fit.checks.filter((check) => check.answer === 'fails' && check.need.certainty === 'required');
		const [first] = failing;
		if (first === undefined) return { because: 'the application does not run there' };
		const more = failing.length > 1 ? ` (and ${failing.length - 1} more)` : '';
		return { because: `${quote(first.need.what)}: ${quote(first.message ?? first.because[0]?.shows ?? 'not met')}${more}` };
	},
};
