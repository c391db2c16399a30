import type { BaseFamily, Offer, Wanted } from '../family.ts';
import { chainguard, chiselled, distroless, hardened, official, ubi } from '../publishers.ts';
import { alpineWord, debianSuite, joinTag, leading, readTag } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

/** 3.15 was released in October 2026. */
const newest = '3.15';
const moving = new Map([['latest', newest]]);

/** Distroless has the one Python of each Debian release, Ubuntu's chiselled image that of each LTS. */
const distrolessMinors = [
	['13', '3.13'],
	['12', '3.11'],
] as const;
const chiselledMinors = [
	['24.04', '3.12'],
	['22.04', '3.10'],
] as const;
const ubiNames = [
	['9', '3.11', 'python-311'],
	['9', '3.12', 'python-312-minimal'],
	['10', '3.12', 'python-312-minimal'],
] as const;

export const python: BaseFamily = {
	family: 'python',
	recognise(current, hints) {
		if (current.path === 'hardened/python') return wantedVersion(readTag(current.tag).version, hints);
		const debian = /^distroless\/python3-debian(\d+)$/.exec(current.path)?.[1];
		if (debian !== undefined) return wantedVersion(distrolessMinors.find(([release]) => release === debian)?.[1], hints);
		const digits = /^ubi\d+\/python-3(\d+)(?:-minimal)?$/.exec(current.path)?.[1];
		if (digits !== undefined) return wantedVersion(`3.${digits}`, hints);
		if (current.path === 'chainguard/python') return wantedVersion(newest, hints);
		return current.path === 'python' ? wantedByTag(current, hints, moving) : undefined;
	},
	imagine: (hints) => wantedByNeeds('python', hints),
	offers(wanted) {
		const { version } = wanted;
		if (version === undefined) return [];
		const minor = leading(version, 2);
		return [
			...distrolessMinors.flatMap(([debian, has]) => (admits(version, has) ? distroless(wanted, 'python3', debian, `Python ${has}`) : [])),
			...(minor === undefined || minor === newest ? [chainguard('python', 'the newest Python')] : []),
			...chiselledMinors.flatMap(([ubuntu, has]) =>
				minor === has ? [chiselled('python', `${has}-${ubuntu}_stable`, `Python ${has}`)] : [],
			),
			...variants(wanted),
			...(minor === undefined ? [] : [hardened('python', `${minor}-debian13`, `Python ${minor} on Debian 13`)]),
			...ubiNames.flatMap(([release, has, name]) => (minor === has ? [ubi(release, name, `Python ${has}`)] : [])),
		];
	},
};

/** `3` admits any 3.x, `3.11` and `3.11.9` only 3.11. */
function admits(version: string, minor: string): boolean {
	return (leading(version, 2) ?? minor) === minor && version.startsWith('3');
}

/** Python writes `slim-bookworm`, the other way round than Node. */
function variants(wanted: Wanted): readonly Offer[] {
	const { stem, words } = wanted;
	const suite = debianSuite({ words });
	const python = `Python ${stem === undefined || stem === '' ? 'latest' : stem}`;
	return [
		official(wanted, 'python', joinTag(stem, alpineWord({ words }) ?? 'alpine'), `${python} on Alpine (musl, BusyBox)`),
		...(suite === undefined ? [] : [official(wanted, 'python', joinTag(stem, 'slim', suite), `${python} on slim Debian ${suite}`)]),
		official(wanted, 'python', joinTag(stem, 'slim'), `${python} on slim Debian`),
	];
}
