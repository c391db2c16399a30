import { quote } from '../../model/quote.ts';
import type { Rule } from '../rule.ts';

export const needsChanges: Rule = {
	id: 'needs-changes',
	effect: 'kept',
	when: 'the fit is `runs-with-changes`',
	why: 'a line in the Dockerfile is worth a smaller base, but the user has to know',
	speak({ candidate: { fit } }) {
		if (fit?.answer !== 'runs-with-changes') return undefined;
		const changes = fit.changes.map((change) => quote(change.what));
		return {
			because:
				changes.length === 0
					? 'runs after a change'
					: `runs after ${changes.length === 1 ? 'one change' : `${changes.length} changes`}: ${changes.join('; ')}`,
		};
	},
};
