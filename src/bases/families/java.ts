import type { BaseFamily, Offer, RuntimeHints, Wanted } from '../family.ts';
import type { ImageName } from '../image-name.ts';
import { chainguard, chiselled, distroless, official, ubi } from '../publishers.ts';
import { joinTag, leading, ubuntuSuite } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

const newest = '25';
const moving = new Map([['latest', newest]]);

const distrolessMajors = [
	['13', ['17', '21', '25']],
	['12', ['17', '21']],
] as const;
const ubiMajors = [['9', ['11', '17', '21']]] as const;
/** Canonical publishes these only on the edge channel. */
const chiselledMajors = ['8', '17'];

const elsewhere = /^(?:distroless\/java(\d+)-debian\d+|ubi\d+\/openjdk-(\d+)(?:-runtime)?)$/;

export const java: BaseFamily = {
	family: 'java',
	recognise(current, hints) {
		const named = elsewhere.exec(current.path);
		if (named !== null) return wantedVersion(named[1] ?? named[2], hints);
		if (current.path === 'chainguard/jre' || current.path === 'chainguard/jdk') return wantedVersion(newest, hints);
		return recogniseOfficial(current, hints);
	},
	imagine: (hints) => wantedByNeeds('java', hints),
	offers(wanted) {
		const major = wanted.version === undefined ? undefined : featureOf(wanted.version);
		if (major === undefined) return [];
		const java = `Java ${major}`;
		return [
			...distrolessMajors.flatMap(([debian, majors]) => (has(majors, major) ? distroless(wanted, `java${major}`, debian, java) : [])),
			...(major === newest ? [chainguard('jre', 'the newest Java runtime')] : []),
			...(has(chiselledMajors, major) ? [chiselled('jre', `${major}-22.04_edge`, java)] : []),
			...variants(wanted, major),
			...ubiMajors.flatMap(([release, majors]) =>
				has(majors, major) ? [ubi(release, `openjdk-${major}-runtime`, `${java} runtime`)] : [],
			),
		];
	},
};

function has(list: readonly string[], item: string): boolean {
	return list.includes(item);
}

/** `1.8`, `8u412-b08` and `8` are Java 8. */
function featureOf(version: string): string | undefined {
	return version.startsWith('1.') ? leading(version, 2)?.slice(2) : leading(version, 1);
}

/** Only Temurin's own tags keep their stem: the others write their builds differently. Build tools name the JDK inside. */
function recogniseOfficial(current: ImageName, hints: RuntimeHints): Wanted | undefined {
	const wanted = wantedByTag(current, hints, moving);
	if (current.path === 'eclipse-temurin') return { ...wanted, words: [...wanted.words, 'temurin'] };
	if (current.path === 'openjdk' || current.path === 'amazoncorretto') return { ...wanted, words: [...wanted.words, current.path] };
	if (current.path !== 'maven' && current.path !== 'gradle') return undefined;
	const inside = /(?:temurin|openjdk|corretto|jdk)-?(\d+)/.exec(current.tag ?? '')?.[1];
	return inside === undefined ? undefined : { ...wantedVersion(inside, hints), officialPrefix: current.prefix };
}

function variants(wanted: Wanted, major: string): readonly Offer[] {
	const { words } = wanted;
	const stem = words.includes('temurin') ? (wanted.stem ?? major) : major;
	const suite = ubuntuSuite({ words });
	const java = `Java ${stem === '' ? major : stem} runtime without the compiler`;
	return [
		official(wanted, 'eclipse-temurin', joinTag(stem === '' ? major : stem, 'jre', 'alpine'), `${java} on Alpine (musl, BusyBox)`),
		...(suite === undefined ? [] : [official(wanted, 'eclipse-temurin', joinTag(stem, 'jre', suite), `${java} on Ubuntu ${suite}`)]),
		official(wanted, 'eclipse-temurin', joinTag(stem === '' ? major : stem, 'jre'), `${java} on Ubuntu`),
		...(words.includes('amazoncorretto')
			? [
					official(wanted, 'amazoncorretto', `${major}-alpine`, `Corretto ${major} on Alpine`),
					official(wanted, 'amazoncorretto', `${major}-al2023-headless`, `Corretto ${major} without graphics on Amazon Linux 2023`),
				]
			: []),
	];
}
