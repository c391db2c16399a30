import type { Candidate } from '../../model/base.ts';
import type { Rule } from '../rule.ts';

export const sameImage: Rule = {
	id: 'same-image',
	effect: 'out',
	when: 'another candidate is the same image (equal digest); the current base is kept, else the first by name',
	why: 'one image under two names is one choice',
	speak({ candidate, candidates }) {
		const { digest } = candidate;
		if (digest === undefined || candidate.failed !== undefined) return undefined;
		const twins = candidates.filter((other) => other.digest === digest && other.failed === undefined);
		const first = twins.reduce((best, other) => (precedes(other, best) ? other : best), candidate);
		return first.reference === candidate.reference ? undefined : { because: `the same image as ${first.reference}` };
	},
};

function precedes(a: Candidate, b: Candidate): boolean {
	if ((a.from === 'current') !== (b.from === 'current')) return a.from === 'current';
	return a.reference < b.reference;
}
