import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { measured, type Tree } from '../../test/support/scene.ts';

const java = { '/opt/java/bin/java': program(), '/opt/java/release': 'IMPLEMENTOR="x"\nJAVA_VERSION="21.0.4"\n' };
const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['the bytes', { '/usr/local/bin/node': program('\0node.js/v20.20.2\0') }, ['node 20.20.2']],
	['one of several texts', { '/bin/php': program('php_request_startup\0X-Powered-By: PHP/8.2.36\0') }, ['php 8.2.36']],
	['the name', { '/usr/bin/python3.11': program('Py_BytesMain\0') }, ['python 3.11']],
	[
		'the library it calls',
		{ '/usr/bin/python3': program('Py_BytesMain\0', { facts: { needed: ['libpython3.13.so.1.0'] } }) },
		['python 3.13'],
	],
	[
		'a library that it only happens to need',
		{ '/usr/bin/python3': program('Py_BytesMain\0', { facts: { needed: ['libruby-3.1.so.3.1'] } }) },
		['python -'],
	],
	['a Java home', java, ['java 21.0.4']],
	['a Java home without a release', { '/opt/java/bin/java': program() }, ['java -']],
	['a whole number in a name is no version', { '/usr/bin/lua5': program() }, ['lua -']],
	['an applet has none of its own', { '/bin/busybox': program('BusyBox v1.36.1 ()\0\0[\0[[\0awk\0cat\0sh\0') }, ['awk -']],
];
for (const [title, tree, expected] of rows) {
	test(`version: ${title}`, async () => {
		const { interpreters } = (await measured(tree)).surface;
		assert.deepEqual(
			interpreters.items?.map((i) => `${i.name} ${i.version ?? '-'}`),
			expected,
		);
	});
}
