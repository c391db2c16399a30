import type { Rule } from '../rule.ts';

/** Counts without which "less" cannot be said. Packages alone are not among them: files and programs are counted anyway. */
const leading = new Set(['shells', 'packageManagers', 'compilers', 'utilities', 'interpreters', 'executables', 'files']);

export const notFullySeen: Rule = {
	id: 'not-fully-seen',
	effect: 'held-back',
	when: 'something hides part of the shells, package managers, compilers, utilities, interpreters, executables or files',
	why: 'a count that could not see everything is no proof of little',
	speak({ candidate }) {
		const hiding = (candidate.measurement?.coverage.blindSpots ?? []).filter((spot) => spot.hides.some((name) => leading.has(name)));
		return hiding.length === 0 ? undefined : { because: hiding.map((spot) => spot.message).join('; ') };
	},
};
