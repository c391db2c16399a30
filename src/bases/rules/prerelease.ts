import { readImageName } from '../image-name.ts';
import type { Rule } from '../rule.ts';

/** Words that publishers put into the tag of what is not yet released. */
const words = new Set(['preview', 'nightly', 'canary', 'edge', 'snapshot', 'ea', 'testing', 'sid', 'unstable', 'rawhide', 'devel']);
const numbered = /^(rc|alpha|beta|preview)\d*$/i;
/** `3.16.0a1`, `8.6.0RC4` */
const inVersion = /^\d+(\.\d+)+(a|b|rc)\d+/i;

function isEarly(tag: string): boolean {
	return inVersion.test(tag) || tag.split(/[-_.]/).some((word) => words.has(word) || numbered.test(word));
}

export const prerelease: Rule = {
	id: 'prerelease',
	effect: 'held-back',
	when: 'its tag says that it is not a release (`3.16-rc`, `nightly`, `sid`)',
	why: 'it changes under the application and its fixes come last',
	speak({ candidate }) {
		const { tag } = readImageName(candidate.reference);
		if (tag === undefined || candidate.from === 'current') return undefined;
		return isEarly(tag) ? { because: `the tag ${tag} names a pre-release` } : undefined;
	},
};
