import { readImageName } from '../image-name.ts';
import type { Rule } from '../rule.ts';

export const debugVariant: Rule = {
	id: 'debug-variant',
	effect: 'held-back',
	when: 'its publisher marks it as a variant to debug or build with (`debug`, `-dev`), and debugging is not interactive',
	why: 'it is the small base with the tools put back',
	speak({ candidate, profile }) {
		const { tag, path } = readImageName(candidate.reference);
		if (profile.debugging === 'interactive' || tag === undefined) return undefined;
		const words = tag.split('-');
		const vendor = /^(chainguard|hardened)\//.test(path) || candidate.reference.startsWith('dhi.io/');
		const marked = words.includes('debug') || (vendor && words.includes('dev'));
		return marked ? { because: `${tag} is the variant for debugging and building` } : undefined;
	},
};
