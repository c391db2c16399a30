import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { file, rootfs } from '../../test/support/rootfs.ts';
import { planTests, type TestStage } from './plan-tests.ts';

function stage(own: Readonly<Record<string, string>>, base: readonly string[], over: Partial<TestStage> = {}): TestStage {
	const files = Object.fromEntries(Object.entries(own).map(([path, body]) => [path, file(body)]));
	const offered = Object.fromEntries(base.map((path) => [path, program('x')]));
	return {
		application: { files: rootfs(files) } as TestStage['application'],
		combined: rootfs({ ...offered, ...files }),
		entrypoint: [],
		workingDir: '/app',
		env: [{ name: 'PATH', value: '/usr/bin:/bin' }],
		runtimes: [],
		...over,
	};
}

const npm = (test: string): Readonly<Record<string, string>> => ({
	'/app/package.json': JSON.stringify({ scripts: { test } }),
	'/app/test.js': '',
	'/app/node_modules/mocha/bin/mocha.js': '#!/usr/bin/env node',
});
const goTest = rootfs({ '/srv/shop.test': program('x') });
const distroless = { entrypoint: ['/nodejs/bin/node'] };
const elsewhere = { runtimes: [{ name: 'node', path: '/opt/node/bin/node' }] };

const rows: readonly (readonly [title: string, stage: TestStage, configured: string | readonly string[] | undefined, expected: string])[] =
	[
		['npm test in exec form', stage(npm('node test.js'), ['/usr/bin/node']), undefined, 'node test.js'],
		[
			'with the runtime that the base is started with',
			stage(npm('node test.js'), ['/nodejs/bin/node'], distroless),
			undefined,
			'/nodejs/bin/node test.js',
		],
		[
			'with a runtime outside of PATH',
			stage(npm('node test.js'), ['/opt/node/bin/node'], elsewhere),
			undefined,
			'/opt/node/bin/node test.js',
		],
		[
			'a shell line where there is a shell',
			stage(npm('a && b'), ['/bin/sh']),
			undefined,
			'/bin/sh -c PATH=$PWD/node_modules/.bin:$PATH; a && b',
		],
		[
			'a shell line where there is none',
			stage(npm('a && b'), []),
			undefined,
			'none: the test script of package.json: a && b; that takes a shell, which this base has not',
		],
		[
			'no runtime at all',
			stage(npm('node test.js'), []),
			undefined,
			'none: the test script of package.json: node test.js; there is no node on this base',
		],
		[
			'a test that was left out of the image',
			stage(npm('node spec.js'), ['/usr/bin/node']),
			undefined,
			'none: the test script of package.json: node spec.js; spec.js is not part of the image',
		],
		[
			"npm's placeholder",
			stage(npm('echo "Error: no test specified" && exit 1'), ['/bin/sh']),
			undefined,
			'none: the project declares no tests that are part of the image',
		],
		['the configuration wins', stage(npm('node test.js'), ['/usr/bin/node', '/bin/check']), ['check', '--all'], 'check --all'],
		['Python tests', stage({ '/app/test_a.py': '' }, ['/usr/bin/python3']), undefined, 'python3 -m unittest discover'],
		[
			'Python tests with pytest',
			stage({ '/app/test_a.py': '', '/usr/lib/python3/pytest/__main__.py': '' }, ['/usr/bin/python3']),
			undefined,
			'python3 -m pytest -q',
		],
		[
			'a test program of Go',
			{ ...stage({}, []), application: { files: goTest } as TestStage['application'], combined: goTest },
			undefined,
			'/srv/shop.test',
		],
		[
			'a package.json that is none',
			stage({ '/app/package.json': '{' }, []),
			undefined,
			'none: the project declares no tests that are part of the image',
		],
	];

for (const [title, given, configured, expected] of rows) {
	test(`tests of the project: ${title}`, async () => {
		const plan = await planTests(given, configured);
		assert.equal('none' in plan ? `none: ${plan.none}` : plan.argv.join(' '), expected);
	});
}
