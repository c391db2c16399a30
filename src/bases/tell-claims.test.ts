import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullSurface, smallSurface } from '../../test/support/reports.ts';
import type { Libc, System } from '../model/package.ts';
import type { Surface, Tier } from '../model/surface.ts';
import type { Verdict } from '../model/verdict.ts';
import { tellClaims } from './tell-claims.ts';

interface Row {
	readonly title: string;
	readonly reference: string;
	readonly label?: readonly [string, string];
	readonly annotation?: readonly [string, string];
	/** `debian 12 glibc Name` */
	readonly system?: string;
	readonly tier?: Tier;
	readonly surface?: Surface;
	readonly root?: Verdict;
	readonly user?: string;
	readonly software?: string;
	readonly expected: readonly string[];
}

const hidden: Surface = { ...smallSurface, shells: { count: 0, atLeast: true } };

const rows: readonly Row[] = [
	{ title: 'a name that claims nothing', reference: 'example.org/app:v1', expected: [] },
	{ title: 'slim that is', reference: 'shop:slim', tier: 'slim', expected: ['slim by tag holds'] },
	{ title: 'slim that has a compiler', reference: 'shop:1-slim', tier: 'full', expected: ['slim by tag fails'] },
	{
		title: 'distroless by name',
		reference: 'gcr.io/distroless/static-debian12:nonroot',
		system: 'debian 12 none',
		root: 'fails',
		expected: ['nonroot by tag holds', 'distroless by name holds', 'release by name holds'],
	},
	{
		title: 'distroless with BusyBox is none',
		reference: 'gcr.io/distroless/static-debian12:debug',
		system: 'debian 12 none',
		tier: 'custom',
		surface: fullSurface,
		expected: ['debug by tag holds', 'distroless by name fails', 'release by name holds'],
	},
	{
		title: 'what hides shells leaves it open',
		reference: 'acme/distroless:1',
		surface: hidden,
		expected: ['distroless by name unknown'],
	},
	{ title: 'nonroot that runs as root', reference: 'shop:nonroot', root: 'holds', expected: ['nonroot by tag fails'] },
	{ title: 'a user that is not in passwd', reference: 'shop:nonroot', root: 'unknown', expected: ['nonroot by tag unknown'] },
	{ title: 'Wolfi tagged alpine', reference: 'shop:1-alpine', system: 'wolfi 2023 glibc', expected: ['alpine by tag fails'] },
	{ title: 'Alpine', reference: 'shop:1-alpine3.20', system: 'alpine 3.20.3 musl', expected: ['alpine by tag holds'] },
	{ title: 'no os-release', reference: 'shop:alpine', system: 'unknown - musl', expected: ['alpine by tag unknown'] },
	{
		title: 'a description that says no shell',
		reference: 'shop',
		label: ['org.opencontainers.image.description', 'Tiny. No shell inside.'],
		surface: fullSurface,
		expected: ['no-shell by label fails'],
	},
	{
		title: 'an annotation that says distroless and non-root',
		reference: 'shop',
		annotation: ['org.opencontainers.image.title', 'distroless non-root web server'],
		root: 'fails',
		expected: ['distroless by annotation holds', 'nonroot by annotation holds'],
	},
	{
		title: 'other labels are nobody’s claim',
		reference: 'shop',
		label: ['com.example.note', 'distroless no shell nonroot'],
		expected: [],
	},
	{ title: 'the C library', reference: 'busybox:musl', system: 'unknown - glibc', expected: ['C library by tag fails'] },
	{ title: 'a release', reference: 'shop:bookworm', system: 'debian 11 glibc', expected: ['release by tag fails'] },
	{ title: 'Node.js of the tag', reference: 'node:20', software: 'node 20.20.2', expected: ['version by tag holds'] },
	{ title: 'another one', reference: 'registry.example/library/node:20', software: 'node 18.1.0', expected: ['version by tag fails'] },
	{ title: 'none that could be found', reference: 'node:20', expected: ['version by tag unknown'] },
	{
		title: 'less of a version than the tag names',
		reference: 'python:3.11.4',
		software: 'python 3.11',
		expected: ['version by tag unknown'],
	},
	{ title: 'USER names somebody', reference: 'shop', user: 'web:web', expected: ['nonroot by dockerfile holds'] },
	{ title: 'who is root by another name', reference: 'shop', user: 'web', root: 'holds', expected: ['nonroot by dockerfile fails'] },
	{ title: 'who is nobody there', reference: 'shop', user: 'web', root: 'unknown', expected: ['nonroot by dockerfile unknown'] },
	{ title: 'a number claims nothing', reference: 'shop', user: '1000:0', expected: [] },
	{ title: 'a file is not a tag', reference: 'docker-archive:/srv/distroless/slim.tar', expected: [] },
];

for (const { title, reference, label, annotation, system = 'debian 12 glibc', tier = 'distroless', ...row } of rows) {
	test(title, () => {
		const software = row.software?.split(' ');
		const found = tellClaims(
			{
				reference,
				user: row.user ?? '',
				labels: new Map(label === undefined ? [] : [label]),
				annotations: new Map(annotation === undefined ? [] : [annotation]),
			},
			{
				system: systemOf(system),
				tier,
				tierBecause: ['so it is'],
				surface: row.surface ?? smallSurface,
				software: software === undefined ? [] : [{ name: software[0] as string, version: software[1] as string, path: '/x', because: [] }],
				runsAs: { user: 'web', root: row.root ?? 'fails' },
			},
		);
		assert.deepEqual(
			found.map(({ claim, by, answer }) => `${claim} by ${by} ${answer}`),
			row.expected,
		);
	});
}

function systemOf(text: string): System {
	const [id = '', versionId, family] = text.split(' ');
	const libc: Libc = { family: family as Libc['family'], because: [] };
	return { id, ...(versionId === '-' || versionId === undefined ? {} : { versionId }), libc, because: [] };
}
