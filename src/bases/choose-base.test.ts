import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BaseSketch, candidate, ended } from '../../test/support/candidate.ts';
import type { Choice, Profile } from '../model/base.ts';
import { chooseBase } from './choose-base.ts';
import { compareExcess, excessOf, noExcess } from './excess.ts';
import { rules } from './rules/index.ts';
import { compareWeighed, weighAll } from './weigh.ts';

const today = new Date('2026-11-25T00:00:00Z');
const ordinary: Profile = { exposure: 'internal', debugging: 'none', data: 'ordinary' };

const full: BaseSketch = {
	reference: 'node:26',
	current: true,
	tier: 'full',
	shells: ['/usr/bin/dash', '/usr/bin/bash'],
	packageManagers: ['/usr/bin/apt-get', '/usr/bin/dpkg'],
	compilers: ['/usr/bin/gcc'],
	utilities: ['/usr/bin/curl', '/usr/bin/wget', '/usr/bin/git'],
	interpreters: ['/usr/local/bin/node', '/usr/bin/perl', '/usr/bin/python3'],
	packages: 413,
	executables: 1500,
	bytes: 1_100_000_000,
	user: '',
};
const slim: BaseSketch = {
	...full,
	reference: 'node:26-slim',
	current: false,
	tier: 'slim',
	compilers: [],
	utilities: ['/usr/bin/find'],
	interpreters: ['/usr/local/bin/node', '/usr/bin/perl'],
	packages: 88,
	executables: 400,
	bytes: 220_000_000,
};
const alpine: BaseSketch = {
	...slim,
	reference: 'node:26-alpine',
	tier: 'alpine',
	shells: ['/bin/busybox'],
	packageManagers: ['/sbin/apk'],
	utilities: ['/usr/bin/wget', '/usr/bin/nc', '/usr/bin/vi'],
	interpreters: ['/usr/local/bin/node'],
	packages: 18,
	executables: 30,
	bytes: 160_000_000,
};
const distroless: BaseSketch = {
	reference: 'gcr.io/distroless/nodejs26-debian13:nonroot',
	tier: 'distroless',
	interpreters: ['/nodejs/bin/node'],
	packages: 9,
	executables: 1,
	bytes: 140_000_000,
	user: '65532',
};
const debug: BaseSketch = {
	...distroless,
	reference: 'gcr.io/distroless/nodejs26-debian13:debug',
	shells: ['/busybox/sh'],
	utilities: ['/busybox/wget', '/busybox/nc'],
};

interface Row {
	readonly title: string;
	readonly profile?: Partial<Profile>;
	readonly bases: readonly BaseSketch[];
	/** The recommendation, or `none`. */
	readonly chosen: string;
	/** The order of those that are not out. */
	readonly order?: string;
	/** `reference rule` lines that must be in the traces. */
	readonly trace?: readonly string[];
	/** Parts of the reasons, of what is not covered, of `next` and of `noneBecause`. */
	readonly says?: readonly RegExp[];
	readonly next?: string;
}

const rows: readonly Row[] = [
	{
		title: 'all run: the one that offers least',
		bases: [full, slim, alpine, distroless],
		chosen: distroless.reference,
		order: 'gcr.io/distroless/nodejs26-debian13:nonroot, node:26-alpine, node:26-slim, node:26',
		says: [
			/the least; shell, package manager and compiler beyond the needs: 0 against 2 in node:26-alpine/,
			/runs any code an intruder brings.*: node/,
			/USER|65532/,
		],
	},
	{
		title: 'what breaks is out, with the message of the loader, however small it is',
		bases: [
			full,
			slim,
			{ ...distroless, fit: 'breaks', unmet: [{ what: 'a shell for the start command', message: 'exec: "/bin/sh": no such file' }] },
		],
		chosen: 'node:26-slim',
		trace: ['gcr.io/distroless/nodejs26-debian13:nonroot does-not-run'],
		next: 'gcr.io/distroless/nodejs26-debian13:nonroot: a shell for the start command: do without it or bring it along (exec: "/bin/sh": no such file)',
	},
	{
		title: 'what is undecided is out: unknown never counts as running',
		bases: [full, { ...distroless, fit: 'unknown', unmet: [{ what: 'libvips.so.42', hint: 'build the image first' }] }],
		chosen: 'node:26',
		trace: ['gcr.io/distroless/nodejs26-debian13:nonroot fit-unknown'],
		says: [/stay: the other base is not proved to run the application/],
		next: 'gcr.io/distroless/nodejs26-debian13:nonroot: libvips.so.42: build the image first',
	},
	{
		title: 'the cheapest change is the one with the fewest obstacles, not the smallest base',
		bases: [
			full,
			{ ...alpine, fit: 'breaks', unmet: [{ what: 'glibc', hint: 'install the musl build' }] },
			{
				...distroless,
				fit: 'breaks',
				unmet: [
					{ what: 'a shell', hint: 'use the exec form' },
					{ what: 'curl', hint: 'use node for the check' },
				],
			},
		],
		chosen: 'node:26',
		next: 'node:26-alpine: glibc: install the musl build',
	},
	{
		title: 'changes are worth a smaller base, and told',
		bases: [slim, { ...distroless, fit: 'runs-with-changes', changes: ['CMD in exec form'] }],
		chosen: distroless.reference,
		trace: [`${distroless.reference} needs-changes`],
		says: [/runs after one change: CMD in exec form/],
	},
	{
		title: 'interactive debugging holds back what has no shell; the debug variant is the least that has one',
		profile: { debugging: 'interactive' },
		bases: [full, slim, alpine, distroless, debug],
		chosen: debug.reference,
		trace: [`${distroless.reference} shell-wanted`],
		next: `${distroless.reference}: debug with \`footing debug\` (a toolbox beside the container) and choose with --debugging occasional`,
	},
	{
		title: 'without interactive debugging the debug variant is held back',
		bases: [alpine, debug],
		chosen: 'node:26-alpine',
		trace: [`${debug.reference} debug-variant`],
	},
	{
		title: 'a public service with sensitive data wants no shell, even when interactive debugging is asked for',
		profile: { exposure: 'public', data: 'sensitive', debugging: 'interactive' },
		bases: [slim, alpine, distroless],
		chosen: distroless.reference,
		trace: ['node:26-slim shell-unwanted', 'node:26-slim package-manager-unwanted', `${distroless.reference} shell-wanted`],
		says: [/although shell-wanted/],
	},
	{
		title: 'a shell that the application itself uses is no excess and not unwanted',
		profile: { exposure: 'public', data: 'sensitive' },
		bases: [{ ...alpine, packageManagers: [], uses: ['/bin/busybox'] }],
		chosen: 'node:26-alpine',
		trace: [],
		says: [/busybox \(the application uses it\)/],
	},
	{
		title: 'a used path counts under either name of a merged /usr',
		profile: { exposure: 'public', data: 'sensitive' },
		bases: [{ ...slim, shells: ['/usr/bin/dash'], packageManagers: [], uses: ['/bin/dash'] }],
		chosen: 'node:26-slim',
		trace: [],
	},
	{
		title: 'past its end of life: held back behind a larger base that is supported',
		bases: [slim, { ...distroless, ends: [ended] }],
		chosen: 'node:26-slim',
		trace: [`${distroless.reference} past-end-of-life`],
	},
	{
		title: 'everything past its end: recommended, but never without saying so',
		bases: [
			{ ...slim, ends: [ended] },
			{ ...distroless, ends: [ended] },
		],
		chosen: distroless.reference,
		says: [/although past-end-of-life: Debian 11 ended on 2026-08-31/],
	},
	{
		title: 'an end within half a year is told',
		bases: [{ ...distroless, ends: [{ what: 'Node.js 22', date: '2027-04-30', past: false, source: 'x' }] }],
		chosen: distroless.reference,
		says: [/Node\.js 22 ends on 2027-04-30/],
	},
	{
		title: 'an unknown end is told, not held back',
		bases: [slim, { ...distroless, ends: [] }],
		chosen: distroless.reference,
		says: [/security updates is not known/],
	},
	{
		title: 'what could not be had is listed and does not end the run',
		bases: [{ reference: 'dhi.io/node:26-debian13', failed: 'unauthorized' }, slim],
		chosen: 'node:26-slim',
		trace: ['dhi.io/node:26-debian13 could-not-be-had'],
	},
	{
		title: 'nothing could be had: no recommendation, and why',
		bases: [
			{ reference: 'node:26', current: true, failed: 'no network' },
			{ reference: 'node:26-slim', failed: 'no network' },
		],
		chosen: 'none',
		says: [/none of the 2 bases is proved to run the application: 2 could not be had; the current base node:26 is no proven choice either/],
	},
	{
		title: 'a base without the runtime is not the next smaller: no change of the user’s would bring it',
		bases: [
			full,
			slim,
			{ ...distroless, interpreters: [], fit: 'breaks', unmet: [{ what: 'a runtime', onlyElsewhere: true }, { what: 'libfoo.so.1' }] },
		],
		chosen: 'node:26-slim',
		next: 'undefined: undefined',
	},
	{
		title: 'of the tags of one repository the best is named as the next smaller',
		profile: { debugging: 'interactive' },
		bases: [slim, { ...distroless, reference: 'gcr.io/distroless/nodejs26-debian13:latest', user: '0' }, distroless],
		chosen: 'node:26-slim',
		next: `${distroless.reference}: debug with \`footing debug\` (a toolbox beside the container) and choose with --debugging occasional`,
	},
	{ title: 'nothing was tried', bases: [], chosen: 'none', says: [/there was no base to try/] },
	{
		title: 'the current base breaks too: nothing is recommended',
		bases: [
			{ ...full, fit: 'breaks' },
			{ ...slim, fit: 'unknown' },
		],
		chosen: 'none',
		says: [/1 would not run the application, 1 could not be decided/],
	},
	{
		title: 'nothing else runs and the fit of today is undecided: stay, without claiming that it is proved',
		bases: [
			{ ...slim, current: true, fit: 'unknown', unmet: [{ what: 'libfoo.so.1' }] },
			{ ...distroless, fit: 'breaks' },
		],
		chosen: 'node:26-slim',
		says: [/its own fit is not proved \(undecided: libfoo\.so\.1/],
	},
	{
		title: 'a larger base that runs is no reason to leave a smaller one whose fit is undecided',
		bases: [{ ...distroless, current: true, fit: 'unknown' }, full],
		chosen: distroless.reference,
	},
	{
		title: 'unmeasured or unchecked candidates are out',
		bases: [slim, { ...distroless, fit: 'unchecked' }],
		chosen: 'node:26-slim',
		trace: [`${distroless.reference} not-examined`],
	},
	{
		title: 'one image under two names is one choice: the current name stays',
		bases: [
			{ ...slim, current: true, digest: 'sha256:aa' },
			{ ...slim, reference: 'node:26-bookworm-slim', digest: 'sha256:aa' },
		],
		chosen: 'node:26-slim',
		order: 'node:26-slim',
		trace: ['node:26-bookworm-slim same-image'],
	},
	{
		title: 'equal contents: the one that does not start as root',
		bases: [{ ...distroless, reference: 'gcr.io/distroless/nodejs26-debian13:latest', user: '0' }, distroless],
		chosen: distroless.reference,
		trace: ['gcr.io/distroless/nodejs26-debian13:latest root-user'],
	},
	{
		title: 'fewer packages never make up for a shell',
		bases: [
			{ ...distroless, reference: 'a', packages: 1, shells: ['/bin/sh'] },
			{ ...distroless, reference: 'b', packages: 500, executables: 900 },
		],
		chosen: 'b',
	},
	{
		title: 'hidden programs: a count that could not see everything is no proof of little',
		bases: [slim, { ...distroless, hides: ['executables'] }],
		chosen: 'node:26-slim',
		trace: [`${distroless.reference} not-fully-seen`],
	},
	{
		title: 'hidden packages alone are told, not held back',
		bases: [slim, { ...distroless, hides: ['packages'] }],
		chosen: distroless.reference,
		says: [/not seen: packages could not be read/],
	},
	{
		title: 'pre-releases wait behind releases',
		bases: [
			{ ...distroless, reference: 'python:3.16-rc-slim' },
			{ ...slim, reference: 'python:3.15-slim' },
		],
		chosen: 'python:3.15-slim',
		trace: ['python:3.16-rc-slim prerelease'],
	},
	{
		title: 'today is already the least: stay',
		bases: [{ ...distroless, current: true }, slim, full],
		chosen: distroless.reference,
		says: [/stay: no other base that runs the application offers less/],
	},
];

for (const row of rows) {
	test(row.title, () => {
		const choice = chooseBase(input(row.bases, row.profile));
		assert.equal(choice.recommendation?.reference ?? 'none', row.chosen);
		const inOrder = choice.candidates.filter(({ rank }) => rank !== undefined).map(({ reference }) => reference);
		if (row.order !== undefined) assert.equal(inOrder.join(', '), row.order);
		const spoken = choice.candidates.flatMap((one) => one.trace.map(({ rule }) => `${one.reference} ${rule}`));
		for (const line of row.trace ?? []) assert.ok(spoken.includes(line), `${line} is not among\n${spoken.join('\n')}`);
		for (const pattern of row.says ?? []) assert.match(textOf(choice), pattern);
		if (row.next !== undefined) assert.equal(`${choice.recommendation?.next?.reference}: ${choice.recommendation?.next?.change}`, row.next);
	});
}

test('the neighbours are the smaller one that was rejected and the larger one that would do', () => {
	const choice = chooseBase(input([full, slim, alpine, { ...distroless, fit: 'breaks' }]));
	assert.deepEqual(choice.recommendation?.neighbours, [
		{ reference: distroless.reference, side: 'smaller', because: 'does-not-run: the application does not run there' },
		{ reference: 'node:26-slim', side: 'larger', because: 'interpreters beyond the needs: 1 against 2 in node:26-slim' },
	]);
});

test('every candidate is in the result once, ranked ones first, ranks without gaps', () => {
	const choice = chooseBase(input([{ ...distroless, fit: 'breaks' }, full, alpine, { reference: 'x', failed: 'gone' }, slim]));
	assert.deepEqual(
		choice.candidates.map(({ rank }) => rank),
		[1, 2, 3, undefined, undefined],
	);
	assert.equal(new Set(choice.candidates.map(({ reference }) => reference)).size, 5);
});

function input(bases: readonly BaseSketch[], profile: Partial<Profile> = {}): Parameters<typeof chooseBase>[0] {
	return { profile: { ...ordinary, ...profile }, candidates: bases.map(candidate), needs: [], today };
}

function textOf({ recommendation, noneBecause }: Choice): string {
	return [...(recommendation?.because ?? []), ...(recommendation?.notCovered ?? []), noneBecause ?? ''].join('\n');
}

const paths = fc.uniqueArray(fc.constantFrom('/bin/a', '/bin/b', '/bin/c', '/bin/d'), { maxLength: 3 });
const sketches = fc.record<BaseSketch>({
	reference: fc.constantFrom('a:1', 'b:1', 'c:1', 'd:debug', 'e:1-rc', 'f:1'),
	fit: fc.constantFrom('runs', 'runs-with-changes', 'breaks', 'unknown'),
	shells: paths,
	packageManagers: paths,
	utilities: paths,
	interpreters: paths,
	uses: paths,
	packages: fc.nat(3),
	bytes: fc.nat(3),
	ends: fc.constantFrom([], [ended]),
	user: fc.constantFrom('0', '65532'),
	hides: fc.constantFrom([], ['executables'], ['packages']),
});
const fields = fc.uniqueArray(sketches, { selector: ({ reference }) => reference, minLength: 1, maxLength: 5 });
const profiles = fc.record<Profile>({
	exposure: fc.constantFrom('public', 'partner', 'internal'),
	debugging: fc.constantFrom('interactive', 'occasional', 'none'),
	data: fc.constantFrom('sensitive', 'ordinary'),
});

test('property: the order of preference is total', () => {
	fc.assert(
		fc.property(fields, profiles, (bases, profile) => {
			const all = weighAll({ profile, candidates: bases.map(candidate), today }, rules);
			for (const a of all)
				for (const b of all) {
					assert.equal(Math.sign(compareWeighed(a, b)), -Math.sign(compareWeighed(b, a)) + 0);
					assert.equal(compareWeighed(a, b) === 0, a === b);
					for (const c of all) if (compareWeighed(a, b) < 0 && compareWeighed(b, c) < 0) assert.ok(compareWeighed(a, c) < 0);
				}
		}),
	);
});

test('property: the order in which candidates are tried plays no part', () => {
	fc.assert(
		fc.property(fields, profiles, (bases, profile) => {
			assert.deepEqual(chooseBase(input(bases.toReversed(), profile)), chooseBase(input(bases, profile)));
		}),
	);
});

test('property: what is recommended runs, and what is past its end is never recommended without saying so', () => {
	fc.assert(
		fc.property(fields, profiles, (bases, profile) => {
			const choice = chooseBase(input(bases, profile));
			const chosen = bases.find(({ reference }) => reference === choice.recommendation?.reference);
			assert.equal(chosen === undefined, !bases.some(({ fit }) => fit === 'runs' || fit === 'runs-with-changes'));
			if (chosen === undefined) return;
			assert.ok(chosen.fit === 'runs' || chosen.fit === 'runs-with-changes');
			if (chosen.ends?.includes(ended) === true) assert.match(textOf(choice), /Debian 11 ended/);
		}),
	);
});

test('property: adding a candidate changes the recommendation only to that candidate', () => {
	fc.assert(
		fc.property(fields, sketches, profiles, (bases, extra, profile) => {
			const before = chooseBase(input(bases, profile)).recommendation?.reference;
			const after = chooseBase(input([...bases, { ...extra, reference: 'z:1' }], profile)).recommendation?.reference;
			assert.ok(after === before || after === 'z:1');
		}),
	);
});

test('property: adding anything to a base never moves it up', () => {
	const metric = fc.constantFrom('shells', 'packageManagers', 'utilities', 'interpreters', 'setuid', 'compilers');
	fc.assert(
		fc.property(fields, metric, (bases, name) => {
			const [first = { reference: 'a' }] = bases;
			const more = { ...first, [name]: [...(first[name] ?? []), '/bin/extra'] };
			assert.ok(compareExcess(excessOf(candidate(more)) ?? noExcess, excessOf(candidate(first)) ?? noExcess) > 0);
			const rank = (sketch: BaseSketch): number => {
				const { candidates } = chooseBase(input([sketch, ...bases.slice(1)], { exposure: 'public', data: 'sensitive' }));
				return candidates.findIndex(({ reference }) => reference === sketch.reference);
			};
			assert.ok(rank(more) >= rank(first));
		}),
	);
});
