import { readImageName } from '../image-name.ts';
import type { Rule } from '../rule.ts';

/** Words that publishers put into the tag of what is not yet released. */
const early =
	/(^|[-.\d])(rc\d*|alpha\d*|beta\d*|preview|nightly|canary|edge|dev\d+|snapshot|ea|testing|sid|unstable|rawhide|devel)(?=$|[-.\d])|^\d+(\.\d+)+(a|b)\d+/;

export const prerelease: Rule = {
	id: 'prerelease',
	effect: 'held-back',
	when: 'its tag says that it is not a release (`3.16-rc`, `nightly`, `sid`)',
	why: 'it changes under the application and its fixes come last',
	speak({ candidate }) {
		const { tag } = readImageName(candidate.reference);
		if (tag === undefined || candidate.from === 'current') return undefined;
		return early.test(tag) ? { because: `the tag ${tag} names a pre-release` } : undefined;
	},
};
