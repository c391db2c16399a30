import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ElfSpec } from '../../../test/support/elf.ts';
import { binary, musl, muslPath } from '../../../test/support/loaders.ts';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { Start } from './process.ts';
import { startProcess } from './start-process.ts';

const program = (spec: ElfSpec = {}): ReturnType<typeof binary> =>
	binary({ interpreter: muslPath, needed: ['libc.musl-x86_64.so.1'], defines: ['napi_create_function'], ...spec });
const library = (spec: ElfSpec = {}): ReturnType<typeof binary> => binary(spec);
const start: Start = { path: '/app', name: '/app', env: [], machine: 'x86-64', cacheRebuilt: false };

interface Row {
	readonly title: string;
	readonly tree: Parameters<typeof rootfs>[0];
	readonly env?: Start['env'];
	readonly maps?: readonly string[];
	readonly says?: readonly string[];
}

const rows: readonly Row[] = [
	{ title: 'the loader is the libc', tree: { '/app': program({ imports: ['puts'] }) }, maps: [] },
	{
		title: 'it answers to the names of glibc, whatever version is asked for',
		tree: {
			'/app': program({
				needed: ['libc.so.6', 'libm.so.6', 'libpthread.so.0', 'libdl.so.2', 'librt.so.1', 'libutil.so.1'],
				versions: { 'libc.so.6': ['GLIBC_2.99'] },
				imports: ['puts@GLIBC_2.99'],
			}),
		},
		maps: [],
	},
	{
		title: 'but not to that of the loader of glibc',
		tree: { '/app': program({ needed: ['ld-linux-x86-64.so.2'] }) },
		says: ['Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /app)'],
	},
	{
		title: 'nor to libcrypt and libresolv',
		tree: { '/app': program({ needed: ['libc.so', 'libcrypt.so.1', 'libresolv.so.2'] }) },
		says: [
			'Error loading shared library libcrypt.so.1: No such file or directory (needed by /app)',
			'Error loading shared library libresolv.so.2: No such file or directory (needed by /app)',
		],
	},
	{
		title: 'every undefined symbol decides',
		tree: { '/app': program({ imports: ['puts', '__memcpy_chk', { name: '__gmon_start__', weak: true }] }) },
		says: ['Error relocating /app: __memcpy_chk: symbol not found'],
	},
	{
		title: 'names with 64 that the loader knows',
		tree: { '/app': program({ imports: ['open64', 'readdir64_r'] }) },
		maps: [],
	},
	{
		title: 'a name with 64 that the loader knows but has no function for',
		tree: { '/app': program({ imports: ['stat64'] }) },
		says: ['Error relocating /app: stat64: symbol not found'],
	},
	{
		title: 'the default directories, /usr/local/lib before /usr/lib',
		tree: { '/app': program({ needed: ['liba.so'] }), '/usr/lib/liba.so': library(), '/usr/local/lib/liba.so': library() },
		maps: ['/usr/local/lib/liba.so'],
	},
	{
		title: 'the path file replaces them',
		tree: {
			'/etc/ld-musl-x86_64.path': '/opt/lib\n/srv:/lib\n',
			'/app': program({ needed: ['liba.so', 'libb.so'] }),
			'/srv/liba.so': library(),
			'/usr/lib/libb.so': library(),
		},
		says: ['Error loading shared library libb.so: No such file or directory (needed by /app)'],
	},
	{
		title: 'LD_LIBRARY_PATH comes before every DT_RPATH, and DT_RUNPATH is handed on',
		tree: {
			'/app': program({ needed: ['liba.so'], runpath: '$ORIGIN/own' }),
			'/own/liba.so': library({ needed: ['libb.so', 'libd.so'] }),
			'/own/libb.so': library(),
			'/own/libd.so': library(),
			'/env/libd.so': library(),
		},
		env: [{ name: 'LD_LIBRARY_PATH', value: '/env' }],
		maps: ['/own/liba.so', '/own/libb.so', '/env/libd.so'],
	},
	{
		title: 'a path with a token other than $ORIGIN is left out as a whole',
		tree: { '/app': program({ needed: ['liba.so'], runpath: '/own:/x/$LIB' }), '/own/liba.so': library() },
		says: ['Error loading shared library liba.so: No such file or directory (needed by /app)'],
	},
	{
		title: 'the first file that can be opened is taken, whatever it is',
		tree: {
			'/app': program({ needed: ['liba.so'] }),
			'/lib/liba.so': 'INPUT(liba.so.1)\n',
			'/usr/lib/liba.so': library(),
		},
		says: ['Error loading shared library liba.so: Exec format error (needed by /app)'],
	},
	{
		title: 'a file that is a libc itself is not mapped',
		tree: {
			'/app': program({ needed: ['libglibc.so'], imports: ['puts'] }),
			'/lib/libglibc.so': library({ defines: ['__libc_start_main', 'stdin', 'fopen'] }),
		},
		maps: [],
	},
];

for (const row of rows)
	test(`musl: ${row.title}`, async () => {
		const process = await startProcess(rootfs({ ...musl(), ...row.tree }), { ...start, env: row.env ?? [] });
		assert.ok(process);
		assert.deepEqual(process.doubts, []);
		assert.deepEqual(
			process.defects.map(({ message }) => message),
			row.says ?? [],
		);
		const own = process.objects.map(({ name }) => name).filter((name) => name !== muslPath);
		if (row.maps !== undefined) assert.deepEqual(own.slice(1), row.maps);
	});

const opened: readonly (readonly [title: string, spec: ElfSpec, lazy: boolean, expected: readonly string[]])[] = [
	['a function is missed at its call', { imports: ['gnu_get_libc_version'] }, true, ['call']],
	['the address of a function too', { imports: [{ name: 'gnu_get_libc_version', by: ['plt', 'got'] }] }, true, ['call']],
	['data is missed at once', { imports: [{ name: 'table', by: ['data'] }] }, true, ['load']],
	['everything at once with RTLD_NOW', { imports: ['gnu_get_libc_version'] }, false, ['load']],
	['everything at once when the file says so', { imports: ['gnu_get_libc_version'], bindNow: true }, true, ['load']],
	['what the program defines is there', { imports: ['napi_create_function', 'puts'], needed: ['libc.so.6'] }, true, []],
];
for (const [title, spec, lazy, expected] of opened)
	test(`musl: dlopen, ${title}`, async () => {
		const process = await startProcess(rootfs({ ...musl(), '/app': program(), '/x.node': library(spec) }), start);
		assert.deepEqual(
			process?.open('/x.node', { lazy }).defects.map(({ when }) => when),
			expected,
		);
	});

test('musl: a program of glibc finds no loader', async () => {
	const tree = { ...musl(), '/app': binary({ interpreter: '/lib64/ld-linux-x86-64.so.2' }) };
	const process = await startProcess(rootfs(tree), start);
	assert.deepEqual(
		process?.defects.map(({ kind, message }) => [kind, message]),
		[['no-loader', 'exec /app: no such file or directory']],
	);
});

test('a loader of another family is not judged', async () => {
	const tree = { '/lib/ld-uClibc.so.0': binary({ defines: ['_dl_start'] }), '/app': binary({ interpreter: '/lib/ld-uClibc.so.0' }) };
	const process = await startProcess(rootfs(tree), start);
	assert.deepEqual(process?.defects, []);
	assert.match(process?.doubts[0] ?? '', /neither that of glibc nor that of musl/);
});

test('musl: where gcompat stands in for glibc nothing is proved, but what is missing is told', async () => {
	const tree = {
		...musl(),
		'/lib64/ld-linux-x86-64.so.2': binary({ soname: 'ld-linux-x86-64.so.2' }),
		'/lib/libgcompat.so.0': binary({ defines: ['__memcpy_chk'] }),
		'/good': binary({ interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6'], imports: ['puts', '__memcpy_chk'] }),
		'/bad': binary({ interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6'], imports: ['backtrace'] }),
	};
	const good = await startProcess(rootfs(tree), { ...start, path: '/good' });
	assert.deepEqual([good?.defects, good?.doubts.length], [[], 1]);
	const bad = await startProcess(rootfs(tree), { ...start, path: '/bad' });
	assert.deepEqual(
		bad?.defects.map(({ message }) => message),
		['Error relocating /bad: backtrace: symbol not found'],
	);
});

test('musl: the loader under the name of that of glibc (libc6-compat) reads its own path file', async () => {
	const tree = {
		...musl(),
		'/lib64/ld-linux-x86-64.so.2': link('../lib/ld-musl-x86_64.so.1'),
		'/etc/ld-musl-x86_64.path': '/opt\n',
		'/opt/liba.so': binary({}),
		'/app': binary({ interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['liba.so', 'libc.so.6'], imports: ['puts'] }),
	};
	const process = await startProcess(rootfs(tree), start);
	assert.deepEqual([process?.defects, process?.doubts], [[], []]);
});
