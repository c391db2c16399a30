import type { BaseFamily, Offer, RuntimeHints, Wanted } from '../family.ts';
import type { ImageName } from '../image-name.ts';
import { nativeOffers } from '../native-offers.ts';
import { official, ubi } from '../publishers.ts';
import { debianRelease, debianSuite } from '../tag.ts';
import { wantedByTag, wantedVersion } from '../wanted.ts';

const minimal = /^(distroless\/(static|base|base-nossl|cc)-debian\d+|chainguard\/(static|glibc-dynamic|wolfi-base|busybox|bash))$/;
const redHat = /^ubi(\d+)(?:\/ubi(?:-minimal|-micro|-init)?)?$/;

/** Distributions without a runtime of their own: the application brings its program, or installs what it needs. */
export const plain: BaseFamily = {
	family: 'plain',
	recognise(current, hints) {
		const release = redHat.exec(current.path)?.[1];
		if (release !== undefined) return wantedVersion(release, hints, ['ubi']);
		if (minimal.test(current.path)) return wantedVersion(undefined, hints, [...suitesOf(/-debian(\d+)$/.exec(current.path)?.[1])]);
		return recogniseOfficial(current, hints);
	},
	imagine: () => undefined,
	offers(wanted) {
		const own = smallerSame(wanted);
		// with a runtime installed by the Dockerfile, a base without package manager could not have it
		return wanted.hints.runtime === undefined ? [...own, ...nativeOffers(wanted)] : own;
	},
};

const names = ['debian', 'ubuntu', 'alpine', 'buildpack-deps', 'busybox', 'amazonlinux', 'fedora', 'rockylinux', 'almalinux'];

function recogniseOfficial(current: ImageName, hints: RuntimeHints): Wanted | undefined {
	if (!names.includes(current.path)) return undefined;
	const wanted = wantedByTag(current, hints, new Map());
	const suites = current.path === 'debian' ? suitesOf(wanted.version) : [];
	return { ...wanted, words: [...wanted.words, ...suites, current.path] };
}

/** The same distribution with less in it. */
function smallerSame(wanted: Wanted): readonly Offer[] {
	const { words, version } = wanted;
	if (words.includes('debian') || words.includes('buildpack-deps')) {
		const suite = debianSuite({ words }) ?? 'trixie';
		return [official(wanted, 'debian', `${suite}-slim`, `slim Debian ${suite}`)];
	}
	if (words.includes('ubi') && version !== undefined)
		return [ubi(version, 'ubi-micro', 'no package manager'), ubi(version, 'ubi-minimal', 'microdnf instead of dnf')];
	return [];
}

/** `12` and `12.5` are bookworm. */
function suitesOf(version: string | undefined): readonly string[] {
	const release = version === undefined ? undefined : debianRelease(version);
	return release === undefined ? [] : ['bullseye', 'bookworm', 'trixie'].filter((suite) => debianRelease(suite) === release);
}
