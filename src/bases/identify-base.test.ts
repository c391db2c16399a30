import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifyBase, type KnownBase } from './identify-base.ts';

/** `debian:12=d1 d2` */
function known(text: string): KnownBase {
	const [name = '', layers = ''] = text.split('=');
	const [reference = '', digest] = name.split('#');
	return { reference, ...(digest === undefined ? {} : { digest: `sha256:${digest.repeat(64)}` }), diffIds: layers.split(' ') };
}

interface Row {
	readonly title: string;
	readonly layers: string;
	readonly known: readonly string[];
	/** Annotations, or with `labels: ` labels. */
	readonly says?: string;
	readonly digest?: string;
	readonly answer: string;
	readonly because: RegExp;
}

const rows: readonly Row[] = [
	{
		title: 'its layers are the lowest of the image',
		layers: 'd1 d2 a1',
		known: ['debian:12=d1 d2', 'alpine:3.20=x1'],
		answer: 'one debian:12',
		because: /the lowest 2 of 3 layers are those of debian:12/,
	},
	{
		title: 'the longest beginning holds the shorter ones',
		layers: 'd1 n1 n2 a1',
		known: ['debian:12=d1', 'node:20=d1 n1 n2'],
		answer: 'one node:20',
		because: /lowest 3 of 4/,
	},
	{
		title: 'the base itself without anything on top',
		layers: 'd1',
		known: ['debian:12=d1'],
		answer: 'one debian:12',
		because: /lowest 1 of 1/,
	},
	{
		title: 'layers in the middle are no base',
		layers: 'a1 d1',
		known: ['debian:12=d1'],
		answer: 'unknown ',
		because: /none of the 1 known bases/,
	},
	{
		title: 'a base with more layers than the image',
		layers: 'd1',
		known: ['debian:12=d1 d2'],
		answer: 'unknown ',
		because: /none of the 1/,
	},
	{
		title: 'a base without layers is the beginning of everything and of nothing',
		layers: 'd1',
		known: ['scratch='],
		answer: 'unknown ',
		because: /none of the 1/,
	},
	{
		title: 'two names for the same layers: both listed, none preferred',
		layers: 'd1 a1',
		known: ['node:20=d1', 'node:20-bookworm=d1'],
		answer: 'ambiguous node:20, node:20-bookworm',
		because: /2 known bases have exactly the lowest 1 layers/,
	},
	{
		title: 'of two names the image says one',
		layers: 'd1 a1',
		known: ['node:20=d1', 'node:20-bookworm=d1'],
		says: 'docker.io/library/node:20-bookworm',
		answer: 'one node:20-bookworm',
		because: /of 2 names for these layers the image says this one/,
	},
	{
		title: 'by its digest',
		layers: 'd1 a1',
		known: ['node:20#a=d1', 'mirror.example/node:20#b=d1'],
		says: 'somewhere/else:1',
		digest: 'b',
		answer: 'one mirror.example/node:20',
		because: /the image says this one/,
	},
	{
		title: 'only the image says so: a claim, not a proof',
		layers: 'x1',
		known: [],
		says: 'node:20',
		answer: 'claimed node:20',
		because: /org\.opencontainers\.image\.base\.name says node:20/,
	},
	{
		title: 'a label of the configuration says so',
		layers: 'x1',
		known: [],
		says: 'labels: node:20',
		answer: 'claimed node:20',
		because: /says node:20/,
	},
	{
		title: 'the image says one, its layers are those of another',
		layers: 'd1 a1',
		known: ['debian:12=d1', 'alpine:3.20=x1'],
		says: 'alpine:3.20',
		answer: 'ambiguous debian:12, alpine:3.20',
		because: /says alpine:3\.20, whose layers are others/,
	},
	{
		title: 'a base between that is not known',
		layers: 'd1 n1 a1',
		known: ['debian:12=d1'],
		says: 'node:20',
		answer: 'ambiguous debian:12, node:20',
		because: /it may stand between/,
	},
	{
		title: 'layers agree with what the image says, spelt otherwise',
		layers: 'd1 a1',
		known: ['node=d1'],
		says: 'docker.io/library/node:latest',
		answer: 'one node',
		because: /lowest 1 of 2/,
	},
	{ title: 'an image that does not say its layers', layers: '- -', known: ['debian:12=d1'], answer: 'unknown ', because: /none of the 1/ },
	{ title: 'nothing known and nothing said', layers: 'a1', known: [], answer: 'unknown ', because: /none of the 0/ },
];

for (const { title, layers, known: bases, says, digest, answer, because } of rows) {
	test(title, () => {
		const pairs: [string, string][] = [];
		if (says !== undefined) pairs.push(['org.opencontainers.image.base.name', says.replace('labels: ', '')]);
		if (digest !== undefined) pairs.push(['org.opencontainers.image.base.digest', `sha256:${digest.repeat(64)}`]);
		const inLabels = says?.startsWith('labels: ') === true;
		const found = identifyBase(
			{
				diffIds: layers.split(' ').map((id) => (id === '-' ? undefined : id)),
				annotations: new Map(inLabels ? [] : pairs),
				labels: new Map(inLabels ? pairs : []),
			},
			bases.map(known).map((base) => ({ ...base, diffIds: base.diffIds.filter((id) => id !== '') })),
		);
		assert.equal(`${found.answer} ${found.bases.map(({ reference }) => reference).join(', ')}`, answer);
		assert.match(found.because, because);
	});
}

test('the order in which bases are known plays no part', () => {
	const image = { diffIds: ['d1', 'a1'], annotations: new Map<string, string>(), labels: new Map<string, string>() };
	const bases = ['node:20=d1', 'node:20-bookworm=d1', 'debian:12=d0'].map(known);
	assert.deepEqual(identifyBase(image, bases.toReversed()), identifyBase(image, bases));
});
