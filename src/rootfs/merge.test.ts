import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Member, referenceMerge } from '../../test/support/reference-merge.ts';
import { tar } from '../../test/support/tar.ts';
import { TarReader } from '../formats/tar.ts';
import { nodeAt, type TreeNode } from '../model/file-tree.ts';
import { LayerCollector } from './layer-collector.ts';
import type { LayerRecords } from './layer-records.ts';
import { type Merged, mergeLayers } from './merge.ts';

const flags = { file: '0', directory: '5', symlink: '2', hardlink: '1', whiteout: '0', opaque: '0' } as const;

function nameOf(member: Member): string {
	const slash = member.path.lastIndexOf('/');
	if (member.kind === 'opaque') return `${member.path === '' ? '' : `${member.path}/`}.wh..wh..opq`;
	if (member.kind === 'whiteout') return `${member.path.slice(0, slash + 1)}.wh.${member.path.slice(slash + 1)}`;
	return member.path;
}

function collect(members: readonly Member[]): LayerRecords {
	const collector = new LayerCollector({ prefixes: ['/'] });
	const reader = new TarReader(collector);
	reader.push(
		tar(
			members.map((m) => ({
				name: nameOf(m),
				flag: flags[m.kind],
				link: m.kind === 'symlink' || m.kind === 'hardlink' ? m.text : '',
				body: m.kind === 'file' ? m.text : '',
			})),
		),
	);
	reader.end();
	return collector.records();
}

function flat(layers: readonly LayerRecords[], merged: Merged): ReadonlyMap<string, string> {
	const lines = new Map<string, string>();
	const visit = (node: TreeNode): void => {
		for (const child of node.children?.values() ?? []) {
			const entry = child.entry;
			const place = merged.places[entry.inode];
			const body = place === undefined ? undefined : layers[place.layer]?.bodies.get(place.ordinal);
			lines.set(entry.path, `${entry.type} ${entry.type === 'file' ? Buffer.from(body ?? []).toString() : (entry.target ?? '')}`);
			visit(child);
		}
	};
	visit(merged.root);
	return lines;
}

function merge(...layers: (readonly Member[])[]): { readonly lines: readonly string[]; readonly problems: readonly string[] } {
	const records = layers.map(collect);
	const merged = mergeLayers(records);
	return {
		lines: [...flat(records, merged)].map(([path, what]) => `${path} ${what}`).sort(),
		problems: merged.problems.map((p) => p.code),
	};
}

const file = (path: string, text: string): Member => ({ kind: 'file', path, text });
const directory = (path: string): Member => ({ kind: 'directory', path, text: '' });
const symlink = (path: string, text: string): Member => ({ kind: 'symlink', path, text });
const hardlink = (path: string, text: string): Member => ({ kind: 'hardlink', path, text });
const whiteout = (path: string): Member => ({ kind: 'whiteout', path, text: '' });
const opaque = (path: string): Member => ({ kind: 'opaque', path, text: '' });

const rows: readonly {
	readonly title: string;
	readonly layers: readonly (readonly Member[])[];
	readonly lines: readonly string[];
	readonly problems?: readonly string[];
}[] = [
	{
		title: 'a whiteout hides a file of a lower layer',
		layers: [[file('etc/a', '1'), file('etc/b', '2')], [whiteout('etc/a')]],
		lines: ['/etc directory ', '/etc/b file 2'],
	},
	{
		title: 'a whiteout acts on lower layers only, before or after the file',
		layers: [
			[file('a', '1'), file('b', '1')],
			[whiteout('a'), file('a', '2'), file('b', '2'), whiteout('b')],
		],
		lines: ['/a file 2', '/b file 2'],
	},
	{
		title: 'an opaque directory hides what lies below it, not what comes with it',
		layers: [
			[file('d/a', '1'), file('k', 'k')],
			[file('d/c', '3'), opaque('d')],
		],
		lines: ['/d directory ', '/d/c file 3', '/k file k'],
	},
	{ title: 'an opaque root', layers: [[file('a', '1')], [opaque(''), file('b', '2')]], lines: ['/b file 2'] },
	{
		title: 'usr-merge: a name below a link goes where the link leads',
		layers: [[directory('usr/bin'), symlink('bin', 'usr/bin')], [file('bin/tool', 't')]],
		lines: ['/bin symlink usr/bin', '/usr directory ', '/usr/bin directory ', '/usr/bin/tool file t'],
	},
	{
		title: 'usr-merge: a whiteout below a link too',
		layers: [[file('usr/bin/tool', 't'), symlink('bin', '/usr/bin')], [whiteout('bin/tool')]],
		lines: ['/bin symlink /usr/bin', '/usr directory ', '/usr/bin directory '],
	},
	{
		title: 'a directory entry replaces a link',
		layers: [
			[file('t/q', '4'), symlink('x', 't')],
			[directory('x'), file('x/n', '5')],
		],
		lines: ['/t directory ', '/t/q file 4', '/x directory ', '/x/n file 5'],
	},
	{
		title: 'a file replaces a directory with all below it, and back',
		layers: [[file('d/a/b', '1')], [file('d', 'f')], [file('d2', ''), directory('d')]],
		lines: ['/d directory ', '/d2 file '],
	},
	{
		title: 'a directory entry alone keeps the children',
		layers: [[file('d/a', '1')], [directory('d')]],
		lines: ['/d directory ', '/d/a file 1'],
	},
	{ title: 'the last of duplicate names wins', layers: [[file('a', '1'), symlink('a', '/etc'), file('a', '333')]], lines: ['/a file 333'] },
	{
		title: 'hard links share the body, whatever happens to one name',
		layers: [
			[file('a', 'X'), hardlink('b', 'a'), hardlink('c', './b')],
			[whiteout('a'), file('c', 'new')],
		],
		lines: ['/b file X', '/c file new'],
	},
	{ title: 'a hard link into a lower layer', layers: [[file('a', 'X')], [hardlink('b', '/a')]], lines: ['/a file X', '/b file X'] },
	{
		title: 'a hard link to itself or out of the image is told and left out',
		layers: [[hardlink('h', 'h'), hardlink('i', '/etc/passwd'), file('k', 'k')]],
		lines: ['/k file k'],
		problems: ['dangling-hardlink', 'dangling-hardlink'],
	},
	{
		title: 'a name that climbs out of the root is told and left out',
		layers: [[file('../../x', '1'), file('a/../b', '2')]],
		lines: ['/b file 2'],
		problems: ['path-escape'],
	},
	{
		title: 'a link out of the root stays inside it',
		layers: [[symlink('e', '../../etc'), directory('etc')], [file('e/x', '1')]],
		lines: ['/e symlink ../../etc', '/etc directory ', '/etc/x file 1'],
	},
	{
		title: 'a name below a file is told and left out',
		layers: [[file('a', '1')], [file('a/b', '2')]],
		lines: ['/a file 1'],
		problems: ['file-in-the-way'],
	},
	{
		title: 'links in a circle end',
		layers: [[symlink('a', 'b'), symlink('b', 'a')], [file('a/x', '1')]],
		lines: ['/a symlink b', '/b symlink a'],
		problems: ['file-in-the-way'],
	},
	{
		title: 'a hostile whiteout name hides nothing',
		layers: [
			[file('d/keep', 'k'), file('top', 't')],
			[
				{ kind: 'file', path: 'd/.wh...', text: '' },
				{ kind: 'file', path: 'd/.wh.', text: '' },
			],
		],
		lines: ['/d directory ', '/d/keep file k', '/top file t'],
		problems: ['bad-whiteout', 'bad-whiteout'],
	},
];

for (const row of rows) {
	test(`merge: ${row.title}`, () => {
		const got = merge(...row.layers);
		assert.deepEqual(got.lines, [...row.lines].sort());
		assert.deepEqual(got.problems, row.problems ?? []);
	});
}

/** Few names, so that random layers meet each other all the time. */
const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const target = fc.oneof(
	path,
	path.map((p) => `/${p}`),
	path.map((p) => `../${p}`),
	fc.constantFrom('.', '..', '/'),
);
const anyMember: fc.Arbitrary<Member> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(path, fc.nat(99)).map(([p, n]) => file(p, String(n))) },
	{ weight: 3, arbitrary: path.map(directory) },
	{ weight: 3, arbitrary: fc.tuple(path, target).map(([p, t]) => symlink(p, t)) },
	{ weight: 2, arbitrary: fc.tuple(path, path).map(([p, t]) => hardlink(p, t)) },
	{ weight: 2, arbitrary: path.map(whiteout) },
	{ weight: 1, arbitrary: fc.oneof(path, fc.constant('')).map(opaque) },
);

test('merge: 10,000 random stacks of layers equal the slow reference', () => {
	fc.assert(
		fc.property(fc.array(fc.array(anyMember, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), (layers) => {
			const records = layers.map(collect);
			const got = [...flat(records, mergeLayers(records))].sort();
			assert.deepEqual(got, [...referenceMerge(layers)].sort());
		}),
		{ numRuns: 10_000 },
	);
});

test('merge: the tree is found again by its paths', () => {
	const merged = mergeLayers([collect([file('usr/bin/x', '1'), symlink('bin', 'usr/bin')]), collect([file('bin/y', '2')])]);
	assert.equal(nodeAt(merged.root, '/usr/bin/y')?.entry.layer, 1);
	assert.equal(nodeAt(merged.root, '/bin/y'), undefined);
});
