import type { BaseFamily, Offer, Wanted } from '../family.ts';
import { chainguard, distroless, hardened, official, ubi } from '../publishers.ts';
import { alpineWord, debianSuite, joinTag, leading, readTag } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

/** What the moving tags meant on 2026-11-25 (docker-library/official-images, library/node). */
const moving = new Map([
	['latest', '26'],
	['current', '26'],
	['lts', '26'],
	['lithium', '26'],
	['krypton', '24'],
	['jod', '22'],
	['iron', '20'],
	['hydrogen', '18'],
	['gallium', '16'],
]);
const newest = '26';

/** Majors that distroless has published per Debian release (nodejs/config.bzl over its history), newest release first. */
const distrolessMajors = [
	['13', ['20', '22', '24', '26']],
	['12', ['18', '20', '22', '24']],
] as const;
const ubiMajors = [
	['9', ['18', '20', '22', '24']],
	['10', ['22', '24']],
] as const;

const elsewhere = /^(?:distroless\/nodejs(\d+)-debian\d+|ubi\d+\/nodejs-(\d+)(?:-minimal)?)$/;

export const node: BaseFamily = {
	family: 'node',
	recognise(current, hints) {
		if (current.path === 'hardened/node') return wantedVersion(readTag(current.tag).version, hints);
		const named = elsewhere.exec(current.path);
		if (named !== null) return wantedVersion(named[1] ?? named[2], hints);
		if (current.path === 'chainguard/node') return wantedVersion(newest, hints);
		return current.path === 'node' ? wantedByTag(current, hints, moving) : undefined;
	},
	imagine: (hints) => wantedByNeeds('node', hints),
	offers(wanted) {
		const major = wanted.version === undefined ? undefined : leading(wanted.version, 1);
		if (major === undefined) return [];
		const node = `Node.js ${major}`;
		return [
			...distrolessMajors.flatMap(([debian, majors]) =>
				includes(majors, major) ? distroless(wanted, `nodejs${major}`, debian, node) : [],
			),
			...(major === newest ? [chainguard('node', 'the newest Node.js')] : []),
			...variants(wanted),
			hardened('node', `${major}-debian13`, `${node} on Debian 13`),
			...ubiMajors.flatMap(([release, majors]) => (includes(majors, major) ? [ubi(release, `nodejs-${major}-minimal`, node)] : [])),
		];
	},
};

function includes(list: readonly string[], item: string): boolean {
	return list.includes(item);
}

function variants(wanted: Wanted): readonly Offer[] {
	const { stem, words } = wanted;
	const suite = debianSuite({ words });
	const node = `Node.js ${stem === undefined || stem === '' ? 'latest' : stem}`;
	return [
		official(wanted, 'node', joinTag(stem, alpineWord({ words }) ?? 'alpine'), `${node} on Alpine (musl, BusyBox)`),
		...(suite === undefined ? [] : [official(wanted, 'node', joinTag(stem, suite, 'slim'), `${node} on slim Debian ${suite}`)]),
		official(wanted, 'node', joinTag(stem, 'slim'), `${node} on slim Debian`),
	];
}
