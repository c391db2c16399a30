import type { System } from '../model/package.ts';
import { quote } from '../model/quote.ts';
import type { ReportedClaim } from '../model/report.ts';
import type { Count, Measurement } from '../model/surface.ts';
import type { Verdict } from '../model/verdict.ts';
import { readImageName } from './image-name.ts';
import { leading, readTag } from './tag.ts';

/** What an image is called and what it says of itself. */
export interface Claimant {
	readonly reference: string;
	readonly annotations: ReadonlyMap<string, string>;
	readonly labels: ReadonlyMap<string, string>;
	/** What USER of its Dockerfile says, with the group; empty where it says nothing. */
	readonly user: string;
}

/** What is really there. */
export interface Truth extends Pick<Measurement, 'tier' | 'tierBecause' | 'surface' | 'software'> {
	readonly system: System;
	readonly runsAs: { readonly user: string; readonly root: Verdict };
}

interface Said {
	readonly by: ReportedClaim['by'];
	/** Where it is said, for people: `the tag 20-slim`. */
	readonly where: string;
	readonly words: readonly string[];
}

type Checked = readonly [answer: Verdict, shows: string];

interface Claim {
	readonly claim: string;
	/** Of a name or tag, in lower case. */
	readonly word: RegExp;
	/** In the free text of a label. */
	readonly text?: RegExp;
	check(truth: Truth, word: string): Checked;
}

const releases: ReadonlyMap<string, readonly [id: string, version: string]> = new Map([
	['buster', ['debian', '10']],
	['bullseye', ['debian', '11']],
	['bookworm', ['debian', '12']],
	['trixie', ['debian', '13']],
	['focal', ['ubuntu', '20.04']],
	['jammy', ['ubuntu', '22.04']],
	['noble', ['ubuntu', '24.04']],
]);

const claims: readonly Claim[] = [
	{ claim: 'distroless', word: /^distroless$/, text: /\bdistroless\b/i, check: isDistroless },
	{ claim: 'alpine', word: /^alpine[\d.]*$/, text: /\bbased on alpine\b|\balpine linux\b/i, check: isAlpine },
	{
		claim: 'slim',
		word: /^slim$/,
		check: ({ tier, tierBecause }) => [answer(tier !== 'full'), `it is ${tier}: ${tierBecause.join('; ')}`],
	},
	{ claim: 'debug', word: /^debug$/, check: ({ surface }) => opposite(noShell(surface.shells)) },
	{
		claim: 'no-shell',
		word: /^(?:noshell|shellless)$/,
		text: /\bno shell\b|\bshell-?less\b|\bwithout (?:a )?shell\b/i,
		check: ({ surface }) => noShell(surface.shells),
	},
	{ claim: 'nonroot', word: /^(?:nonroot|rootless|unprivileged)$/, text: /\bnon-?root\b|\brootless\b|\bunprivileged\b/i, check: isNotRoot },
	{
		claim: 'C library',
		word: /^(?:musl|glibc|uclibc)$/,
		check: ({ system: { libc } }, word) => [
			libc.family === 'unknown' ? 'unknown' : libc.family === 'none' && word !== '' ? 'unknown' : answer(libc.family === word),
			`its C library is ${libc.family}`,
		],
	},
	{ claim: 'release', word: /^(?:buster|bullseye|bookworm|trixie|focal|jammy|noble|debian\d{1,2})$/, check: isRelease },
];

/** Every claim with its answer: `fails` is a name that the content does not bear out. */
export function tellClaims(claimant: Claimant, truth: Truth): readonly ReportedClaim[] {
	const found = said(claimant, truth).flatMap(({ by, where, words }) =>
		claims.flatMap((claim): readonly ReportedClaim[] => {
			const free = by === 'label' || by === 'annotation';
			const word = words.find((one) => (free ? claim.text?.test(one) === true : claim.word.test(one)));
			if (word === undefined) return [];
			const [verdict, shows] = claim.check(truth, word);
			return [{ claim: claim.claim, by, answer: verdict, because: `${where}; ${shows}` }];
		}),
	);
	const all = [...found, ...userClaim(claimant, truth), ...versionClaim(claimant, truth)];
	return [...new Map(all.map((one) => [JSON.stringify([one.claim, one.by]), one] as const)).values()];
}

const labelNames =
	/^(?:org\.opencontainers\.image|org\.label-schema)\.(?:title|description|base\.name)$|^(?:name|summary|description|io\.k8s\.description)$/;

function said({ reference, annotations, labels }: Claimant, { system }: Truth): readonly Said[] {
	const { path, tag } = readImageName(reference);
	const split = (text: string): readonly string[] => text.toLowerCase().split(/[-_/.:\s]+/);
	const free = (by: 'label' | 'annotation', names: ReadonlyMap<string, string>): readonly Said[] =>
		[...names]
			.filter(([name]) => labelNames.test(name))
			.map(([name, value]) => ({
				by,
				where: `the ${by} ${name} says ${quote(value, 80)}`,
				// the name of a base is a name, not prose
				words: [name.endsWith('.base.name') ? `based on ${value.slice(0, 1000).replace(/^.*\//, '')}` : value.slice(0, 1000)],
			}));
	return [
		...(tag === undefined ? [] : [{ by: 'tag', where: `the tag is ${quote(tag, 80)}`, words: split(tag) } as const]),
		...(/^[a-z-]+:[/.]|^\//.test(reference) ? [] : [{ by: 'name', where: `the name is ${quote(path, 80)}`, words: split(path) } as const]),
		...(system.name === undefined
			? []
			: [{ by: 'name', where: `it calls itself ${quote(system.name, 80)}`, words: split(system.name) } as const]),
		...free('label', labels),
		...free('annotation', annotations),
	];
}

function answer(holds: boolean): Verdict {
	return holds ? 'holds' : 'fails';
}

function opposite([verdict, shows]: Checked): Checked {
	return [verdict === 'unknown' ? 'unknown' : answer(verdict === 'fails'), shows];
}

function noShell({ count, atLeast, items = [] }: Count): Checked {
	if (count > 0)
		return [
			'fails',
			`it has ${
				items
					.map(({ name, path }) => path ?? name)
					.slice(0, 4)
					.join(', ') || `${count} shells`
			}`,
		];
	return atLeast === true ? ['unknown', 'no shell was found, but not everything could be seen'] : ['holds', 'it has no shell'];
}

function isDistroless({ tier, surface, tierBecause }: Truth): Checked {
	if (tier !== 'distroless' && tier !== 'scratch') return ['fails', `it is ${tier}: ${tierBecause.join('; ')}`];
	const [verdict, shows] = noShell(surface.shells);
	return [verdict, verdict === 'holds' ? 'it has no shell and no package manager' : shows];
}

function isAlpine({ system, surface }: Truth): Checked {
	const apk = surface.packageManagers.items?.some(({ name }) => name === 'apk') === true;
	const shows = `the system is ${quote(system.id, 40)} with ${system.libc.family}${apk ? ' and apk' : ''}`;
	if (system.id === 'unknown') return [system.libc.family === 'musl' || system.libc.family === 'unknown' ? 'unknown' : 'fails', shows];
	return [answer(system.id === 'alpine' && system.libc.family === 'musl'), shows];
}

function isNotRoot({ runsAs: { user, root } }: Truth): Checked {
	const shows = `it runs as ${user === '' ? 'root (no USER)' : quote(user, 60)}`;
	return [root === 'unknown' ? 'unknown' : answer(root === 'fails'), shows];
}

function isRelease({ system }: Truth, word: string): Checked {
	const [id, version] = releases.get(word) ?? ['debian', word.replace('debian', '')];
	const shows = `the system is ${quote(`${system.id} ${system.versionId ?? ''}`.trim(), 60)}`;
	if (system.id === 'unknown' || system.versionId === undefined) return ['unknown', shows];
	return [answer(system.id === id && system.versionId === version), shows];
}

/** USER of a Dockerfile names somebody who is not root; /etc/passwd may still say that he is. */
function userClaim({ user }: Claimant, truth: Truth): readonly ReportedClaim[] {
	const name = user.replace(/:.*$/s, '');
	if (name === '' || name === 'root' || /^\d+$/.test(name)) return [];
	const { root } = truth.runsAs;
	const is = { holds: 'is uid 0, which is root', fails: 'is not uid 0', unknown: 'is not to be found there' }[root];
	const verdict = root === 'unknown' ? 'unknown' : answer(root === 'fails');
	return [{ claim: 'nonroot', by: 'dockerfile', answer: verdict, because: `USER is ${quote(user, 60)}; ${quote(name, 60)} ${is}` }];
}

/** Repositories whose tag is the version of what they are named for, by the name under which that is told by its bytes. */
const versioned: ReadonlyMap<string, string> = new Map(
	['node', 'python', 'ruby', 'php', 'nginx', 'redis', 'postgres', 'busybox', 'perl', 'bash', 'bun', 'deno'].map((name) => [name, name]),
);
const systems: ReadonlySet<string> = new Set(['alpine', 'ubuntu', 'debian']);

/** `node:20` says that Node.js 20 is in it. */
function versionClaim({ reference }: Claimant, { software, system }: Truth): readonly ReportedClaim[] {
	const { path, tag } = readImageName(reference);
	const name = path.slice(path.lastIndexOf('/') + 1);
	const { version } = readTag(tag);
	const product = versioned.get(name);
	if (version === undefined || !/^\d/.test(version) || (product === undefined && !systems.has(name))) return [];
	const there =
		product === undefined ? (system.id === name ? system.versionId : undefined) : software.find((one) => one.name === product)?.version;
	const numbers = version.split('.').length;
	const cut = there === undefined ? undefined : leading(there, numbers);
	// a version that is known to fewer numbers than the tag has is neither right nor wrong
	const verdict: Verdict = cut === undefined ? 'unknown' : cut === version ? 'holds' : 'fails';
	const shows = there === undefined ? `no version of ${name} was found in it` : `${name} ${quote(there, 40)} is in it`;
	return [{ claim: 'version', by: 'tag', answer: verdict, because: `the tag is ${quote(tag ?? '', 80)}; ${shows}` }];
}
