import type { BaseFamily, Offer, RuntimeHints, Wanted } from '../family.ts';
import type { ImageName } from '../image-name.ts';
import { chainguard, distroless, hardened, official, ubi } from '../publishers.ts';
import { alpineWord, debianSuite, joinTag, leading, readTag } from '../tag.ts';

/** What the moving tags meant on 2026-11-25 (docker-library/official-images, library/node). */
const codenames = new Map([
	['fermium', '14'],
	['gallium', '16'],
	['hydrogen', '18'],
	['iron', '20'],
	['jod', '22'],
	['krypton', '24'],
	['lithium', '26'],
]);
const newest = '26';

/** Majors that distroless has published per Debian release (nodejs/config.bzl over its history). */
const distrolessMajors = new Map([
	['13', ['20', '22', '24', '26']],
	['12', ['18', '20', '22', '24']],
]);
const ubiMajors = new Map([
	['9', ['18', '20', '22', '24']],
	['10', ['22', '24']],
]);

export const node: BaseFamily = {
	family: 'node',
	recognise(current, hints) {
		const major = /^(?:distroless\/nodejs(\d+)-debian\d+|ubi\d+\/nodejs-(\d+)(?:-minimal)?)$/.exec(current.path);
		if (major !== null) return { version: major[1] ?? (major[2] as string), officialPrefix: '', words: [], hints };
		if (!['node', 'chainguard/node', 'bitnami/node'].includes(current.path)) return undefined;
		return wantedOf(current, hints);
	},
	imagine: (hints) =>
		hints.runtime === 'node'
			? { ...(hints.version === undefined ? {} : { version: hints.version }), officialPrefix: '', words: [], hints }
			: undefined,
	offers(wanted) {
		const version = wanted.version;
		if (version === undefined) return [];
		const major = leading(version, 1) as string;
		return [
			...distrolessOffers(wanted, major),
			...(major === newest ? [chainguard('node', 'the newest Node.js on Wolfi, no shell')] : []),
			...variants(wanted, version),
			hardened('node', `${version}-debian13`, `Node.js ${version} on Debian 13 without a shell`),
			...[...ubiMajors].flatMap(([release, majors]) =>
				majors.includes(major) ? [ubi(release, `nodejs-${major}-minimal`, `Node.js ${major} with microdnf and a shell`)] : [],
			),
		];
	},
};

function wantedOf(current: ImageName, hints: RuntimeHints): Wanted {
	const tag = readTag(current.tag);
	const named = tag.words.map((word) => codenames.get(word)).find((major) => major !== undefined);
	const moving = current.digest === undefined || current.tag !== undefined ? newest : undefined;
	const version = tag.version ?? named ?? hints.version ?? moving;
	return {
		...(version === undefined ? {} : { version }),
		officialPrefix: current.path === 'node' ? current.prefix : '',
		words: tag.words,
		hints,
	};
}

function distrolessOffers(wanted: Wanted, major: string): readonly Offer[] {
	const releases = [...distrolessMajors].filter(([, majors]) => majors.includes(major)).map(([release]) => release);
	return releases.flatMap((release) => distroless(wanted, `nodejs${major}`, [release], `Node.js ${major} on Debian ${release}`));
}

function variants(wanted: Wanted, version: string): readonly Offer[] {
	const tag = { words: wanted.words };
	const suite = debianSuite(tag);
	return [
		official(wanted, 'node', joinTag(version, alpineWord(tag) ?? 'alpine'), `Node.js ${version} on Alpine (musl, BusyBox)`),
		...(suite === undefined
			? []
			: [official(wanted, 'node', joinTag(version, suite, 'slim'), `Node.js ${version} on slim Debian ${suite}`)]),
		official(wanted, 'node', joinTag(version, 'slim'), `Node.js ${version} on slim Debian`),
	];
}
