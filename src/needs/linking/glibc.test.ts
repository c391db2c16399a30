import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ElfSpec } from '../../../test/support/elf.ts';
import { binary, glibc, glibcPath } from '../../../test/support/loaders.ts';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { Start } from './process.ts';
import { startProcess } from './start-process.ts';

const program = (spec: ElfSpec = {}): ReturnType<typeof binary> =>
	binary({ interpreter: glibcPath, needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.34'] }, ...spec });
const library = (soname: string, spec: ElfSpec = {}): ReturnType<typeof binary> => binary({ soname, ...spec });
const start: Start = { path: '/app', name: '/app', env: [], machine: 'x86-64', cacheRebuilt: false };
const env = (name: string, value: string): Partial<Start> => ({ env: [{ name, value }] });

type Tree = Parameters<typeof rootfs>[0];
interface Row {
	readonly title: string;
	readonly tree: Tree;
	readonly start?: Partial<Start>;
	/** Files in the order of the loader, the loader itself and libc left out; or what it says. */
	readonly maps?: readonly string[];
	readonly says?: readonly string[];
}

const rows: readonly Row[] = [
	{ title: 'libc is found in the directories compiled into the loader', tree: { '/app': program() }, maps: [] },
	{
		title: 'a version that libc does not define',
		tree: { '/app': program({ versions: { 'libc.so.6': ['GLIBC_2.38', 'GLIBC_2.2.5'] } }) },
		says: ["/app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app)"],
	},
	{
		title: 'a weak need of a version is none',
		tree: { '/app': program({ versions: { 'libc.so.6': ['GLIBC_2.38?'] } }) },
		maps: [],
	},
	{
		title: 'a version need of a library goes to the file that was mapped',
		tree: {
			'/app': program({ needed: ['libx.so.1', 'libc.so.6'] }),
			'/usr/lib/libx.so.1': library('libx.so.1', { needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.37'] } }),
		},
		says: ["/app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.37' not found (required by /usr/lib/libx.so.1)"],
	},
	{
		title: 'a missing library, called by its name in PATH',
		tree: { '/app': program({ needed: ['libstdc++.so.6', 'libc.so.6'] }) },
		start: { name: 'app' },
		says: ['app: error while loading shared libraries: libstdc++.so.6: cannot open shared object file: No such file or directory'],
	},
	{
		title: 'breadth first: what the program needs comes before what its libraries need',
		tree: {
			'/app': program({ needed: ['liba.so', 'libb.so'] }),
			'/lib/liba.so': library('liba.so', { needed: ['libc1.so'] }),
			'/lib/libb.so': library('libb.so', { needed: ['liba.so'] }),
			'/lib/libc1.so': library('libc1.so', { needed: ['libb.so'] }),
		},
		maps: ['/lib/liba.so', '/lib/libb.so', '/lib/libc1.so'],
	},
	{
		title: 'the trusted directories in their order',
		tree: {
			'/app': program({ needed: ['liba.so'] }),
			'/usr/lib/liba.so': library('liba.so'),
			'/lib/liba.so': library('liba.so'),
			'/usr/lib/x86_64-linux-gnu/liba.so': library('liba.so'),
		},
		maps: ['/usr/lib/x86_64-linux-gnu/liba.so'],
	},
	{
		title: '/usr/local/lib is only searched through the cache',
		tree: { '/app': program({ needed: ['liba.so'] }), '/usr/local/lib/liba.so': library('liba.so') },
		says: ['/app: error while loading shared libraries: liba.so: cannot open shared object file: No such file or directory'],
	},
	{
		title: 'ldconfig of the build puts /usr/local/lib into the cache',
		tree: {
			'/app': program({ needed: ['liba.so.1'] }),
			'/usr/local/lib/liba.so.1.2': library('liba.so.1'),
			'/usr/local/lib/liba.so.1': link('liba.so.1.2'),
			'/etc/ld.so.conf': 'include /etc/ld.so.conf.d/*.conf\n',
			'/etc/ld.so.conf.d/libc.conf': '# libc default configuration\n/usr/local/lib\n',
		},
		start: { cacheRebuilt: true },
		maps: ['/usr/local/lib/liba.so.1'],
	},
	{
		title: 'DT_RUNPATH with $ORIGIN',
		tree: { '/app': program({ needed: ['liba.so'], runpath: '$ORIGIN/opt/lib' }), '/opt/lib/liba.so': library('liba.so') },
		// the origin is `/` and is put in as it is
		maps: ['//opt/lib/liba.so'],
	},
	{
		title: 'the origin of the program is where it really lies',
		tree: {
			'/opt/app/app': program({ needed: ['liba.so'], runpath: '${ORIGIN}/lib' }),
			'/app': link('/opt/app/app'),
			'/opt/app/lib/liba.so': library('liba.so'),
		},
		maps: ['/opt/app/lib/liba.so'],
	},
	{
		title: 'DT_RUNPATH is not handed on to the libraries of libraries',
		tree: {
			'/app': program({ needed: ['liba.so'], runpath: '/opt' }),
			'/opt/liba.so': library('liba.so', { needed: ['libb.so'] }),
			'/opt/libb.so': library('libb.so'),
		},
		says: ['/app: error while loading shared libraries: libb.so: cannot open shared object file: No such file or directory'],
	},
	{
		title: 'DT_RPATH is handed on',
		tree: {
			'/app': program({ needed: ['liba.so'], rpath: '/opt' }),
			'/opt/liba.so': library('liba.so', { needed: ['libb.so'] }),
			'/opt/libb.so': library('libb.so'),
		},
		maps: ['/opt/liba.so', '/opt/libb.so'],
	},
	{
		title: 'DT_RPATH comes before LD_LIBRARY_PATH, DT_RUNPATH behind it',
		tree: {
			'/app': program({ needed: ['liba.so'], rpath: '/rpath' }),
			'/rpath/liba.so': library('liba.so', { needed: ['libb.so'], runpath: '/runpath' }),
			'/env/liba.so': library('liba.so'),
			'/env/libb.so': library('libb.so'),
			'/runpath/libb.so': library('libb.so'),
		},
		start: env('LD_LIBRARY_PATH', '/none:/env'),
		maps: ['/rpath/liba.so', '/env/libb.so'],
	},
	{
		title: '$LIB is the multiarch directory of this loader',
		tree: {
			'/app': program({ needed: ['liba.so'], runpath: '/opt/$LIB' }),
			'/opt/lib/x86_64-linux-gnu/liba.so': library('liba.so'),
		},
		maps: ['/opt/lib/x86_64-linux-gnu/liba.so'],
	},
	{
		title: 'LD_PRELOAD comes first',
		tree: { '/app': program({ needed: ['liba.so'] }), '/lib/liba.so': library('liba.so'), '/opt/p.so': library('p.so') },
		start: env('LD_PRELOAD', '/opt/p.so /opt/missing.so'),
		maps: ['/opt/p.so', '/lib/liba.so'],
	},
	{
		title: 'a library for another processor is passed over',
		tree: {
			'/app': program({ needed: ['liba.so'] }),
			'/lib/x86_64-linux-gnu/liba.so': library('liba.so', { machine: 183 }),
			'/lib/liba.so': library('liba.so'),
		},
		maps: ['/lib/liba.so'],
	},
	{
		title: 'a linker script ends the search',
		tree: {
			'/app': program({ needed: ['libc.so'] }),
			'/usr/lib/x86_64-linux-gnu/libc.so': 'GROUP ( /lib/x86_64-linux-gnu/libc.so.6 )\n',
		},
		says: ['/app: error while loading shared libraries: /usr/lib/x86_64-linux-gnu/libc.so: invalid ELF header'],
	},
	{
		title: 'a library already mapped is known by its soname',
		tree: {
			'/app': program({ needed: ['/opt/a.so', 'libb.so'] }),
			'/opt/a.so': library('liba.so.1'),
			'/lib/libb.so': library('libb.so', { needed: ['liba.so.1'] }),
		},
		maps: ['/opt/a.so', '/lib/libb.so'],
	},
	{
		title: 'data that nothing defines is missed at the start',
		tree: {
			'/app': program({ needed: ['liba.so', 'libc.so.6'], imports: [{ name: 'table', by: ['data'] }] }),
			'/lib/liba.so': library('liba.so'),
		},
		says: ['/app: symbol lookup error: /app: undefined symbol: table'],
	},
	{
		title: 'a weak symbol may be missing, and so may one that nothing refers to',
		tree: {
			'/app': program({
				imports: [
					{ name: 'a', weak: true },
					{ name: 'b', by: [] },
				],
			}),
		},
		maps: [],
	},
	{
		title: 'a versioned symbol takes the definition of its version, also a hidden one',
		tree: {
			'/app': program({ needed: ['liba.so'], versions: { 'liba.so': ['A_1'] }, imports: [{ name: 'run@A_1', by: ['got'] }] }),
			'/lib/liba.so': library('liba.so', { defines: ['run@@A_2', 'run@A_1'] }),
		},
		maps: ['/lib/liba.so'],
	},
	{
		title: 'the version is there, the symbol is not',
		tree: {
			'/app': program({ needed: ['liba.so'], versions: { 'liba.so': ['A_1'] }, imports: [{ name: 'run@A_1', by: ['got'] }] }),
			'/lib/liba.so': library('liba.so', { defines: ['run@@A_2', 'walk@@A_1'] }),
		},
		says: ['/app: symbol lookup error: /app: undefined symbol: run, version A_1'],
	},
	{
		title: 'a library without versions satisfies a versioned reference',
		tree: {
			'/app': program({ needed: ['liba.so'], versions: { 'liba.so': ['A_1'] }, imports: [{ name: 'run@A_1', by: ['got'] }] }),
			'/lib/liba.so': library('liba.so', { defines: ['run'] }),
		},
		maps: ['/lib/liba.so'],
	},
	{
		title: 'a hidden definition is not for references without a version',
		tree: {
			'/app': program({ needed: ['liba.so'], imports: [{ name: 'run', by: ['got'] }] }),
			'/lib/liba.so': library('liba.so', { defines: ['run@A_1'] }),
		},
		says: ['/app: symbol lookup error: /app: undefined symbol: run'],
	},
	{
		title: 'a program for another processor',
		tree: { '/app': program({ machine: 183 }) },
		says: ['exec /app: exec format error'],
	},
	{
		title: 'a loader that is not there',
		tree: { '/app': program({ interpreter: '/lib/ld-linux-other.so.9' }) },
		says: ['exec /app: no such file or directory'],
	},
	{
		title: 'a static program needs nothing',
		tree: { '/app': binary({ type: 'executable', dynamic: false }) },
		maps: [],
	},
	{
		title: 'a static program that is position-independent',
		tree: { '/app': binary({ pie: true }) },
		maps: [],
	},
];

for (const row of rows)
	test(`glibc: ${row.title}`, async () => {
		const process = await startProcess(rootfs({ ...glibc(36), ...row.tree }), { ...start, ...row.start });
		assert.ok(process);
		assert.deepEqual(process.doubts, []);
		assert.deepEqual(
			process.defects.map(({ message }) => message),
			row.says ?? [],
		);
		const own = process.objects.map(({ name }) => name).filter((name) => name !== glibcPath && !name.endsWith('/libc.so.6'));
		if (row.maps !== undefined) assert.deepEqual(own.slice(1), row.maps);
	});

test('glibc: on a processor with more the loader may find a library that others do not', async () => {
	const tree = {
		...glibc(36),
		'/app': program({ needed: ['liba.so'] }),
		'/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v3/liba.so': library('liba.so'),
	};
	const process = await startProcess(rootfs(tree), start);
	assert.deepEqual(process?.defects, []);
	assert.match(process?.doubts.join() ?? '', /only loaded on processors of level x86-64-v3/);
});

test('glibc: a function that is missing is missed when it is called, unless the file is bound at the start', async () => {
	for (const [spec, when] of [
		[{}, 'call'],
		[{ bindNow: true }, 'load'],
	] as const) {
		const process = await startProcess(rootfs({ ...glibc(36), '/app': program({ imports: ['frobnicate'], ...spec }) }), start);
		assert.deepEqual(
			process?.defects.map((defect) => [defect.when, defect.message]),
			[[when, '/app: symbol lookup error: /app: undefined symbol: frobnicate']],
		);
	}
});

const opened: readonly (readonly [title: string, spec: ElfSpec, says: readonly string[]])[] = [
	['what the program defines', { imports: ['napi_create_function'] }, []],
	['what nobody defines', { imports: [{ name: 'nobody', by: ['got'] }] }, ['/x.node: undefined symbol: nobody']],
	[
		'a version of libc',
		{ needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.40'] } },
		["/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.40' not found (required by /x.node)"],
	],
	[
		'a library',
		{ needed: ['libc.musl-x86_64.so.1'] },
		['libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory'],
	],
	['another processor', { machine: 183 }, ['/x.node: cannot open shared object file: No such file or directory']],
];
for (const [title, spec, says] of opened)
	test(`glibc: dlopen, ${title}`, async () => {
		const tree = { ...glibc(36), '/app': program({ defines: ['napi_create_function'] }), '/x.node': binary(spec) };
		const process = await startProcess(rootfs(tree), start);
		const mapping = process?.open('/x.node', { lazy: true });
		assert.deepEqual(
			mapping?.defects.map(({ message }) => message),
			says,
		);
	});
