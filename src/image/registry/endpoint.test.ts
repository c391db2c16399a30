import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseName } from '../reference.ts';
import { endpointsFor } from './endpoint.ts';

/** What is asked: `ORIGIN REPOSITORY (ACCOUNT)`. */
function asked(name: string, mirrors: readonly string[] = [], offline = false): readonly string[] {
	const parsed = mirrors.map((text) => ({ from: text.slice(0, text.indexOf('=')), to: text.slice(text.indexOf('=') + 1) }));
	return endpointsFor(parseName(name), parsed, offline).map((one) => `${one.origin.origin} ${one.repository} (${one.account})`);
}

const hub = 'https://registry-1.docker.io library/node (docker.io)';

const cases: readonly [title: string, name: string, mirrors: readonly string[], expected: readonly string[]][] = [
	['Docker Hub answers at another name', 'node', [], [hub]],
	['a registry is asked over https', 'ghcr.io/a/b', [], ['https://ghcr.io a/b (ghcr.io)']],
	['its port is kept', 'lan.test:5000/a', [], ['https://lan.test:5000 a (lan.test:5000)']],
	['this machine over http', 'localhost:5000/a', [], ['http://localhost:5000 a (localhost:5000)']],
	['also by address', '127.0.0.1:5000/a', [], ['http://127.0.0.1:5000 a (127.0.0.1:5000)']],
	['also IPv6', '[::1]:5000/a', [], ['http://[::1]:5000 a ([::1]:5000)']],
	['a name that looks like this machine is not', 'localhost.evil.test/a', [], ['https://localhost.evil.test a (localhost.evil.test)']],
	['nor is an address that begins like it', '127.0.0.1.evil.test/a', [], ['https://127.0.0.1.evil.test a (127.0.0.1.evil.test)']],
	[
		'a mirror comes first, with its own account',
		'node',
		['docker.io=http://127.0.0.1:5000'],
		['http://127.0.0.1:5000 library/node (127.0.0.1:5000)', hub],
	],
	['a mirror without a scheme is asked over https', 'node', ['docker.io=m.test'], ['https://m.test library/node (m.test)', hub]],
	[
		'a mirror on this machine without a scheme',
		'node',
		['docker.io=localhost:5000'],
		['http://localhost:5000 library/node (localhost:5000)', hub],
	],
	['a mirror with a path', 'node', ['docker.io=https://m.test/hub/'], ['https://m.test hub/library/node (m.test)', hub]],
	['a part of a registry', 'node', ['docker.io/library=m.test/official'], ['https://m.test official/node (m.test)', hub]],
	['only whole components match', 'node', ['docker.io/lib=m.test', 'docker.i=m.test', 'docker.io.evil=m.test'], [hub]],
	[
		'the longest comes first',
		'node',
		['docker.io=a.test', 'docker.io/library=b.test/x'],
		['https://b.test x/node (b.test)', 'https://a.test library/node (a.test)', hub],
	],
	[
		'two mirrors keep their order',
		'node',
		['docker.io=a.test', 'docker.io=b.test'],
		['https://a.test library/node (a.test)', 'https://b.test library/node (b.test)', hub],
	],
	['other names of Docker Hub', 'node', ['index.docker.io=a.test'], ['https://a.test library/node (a.test)', hub]],
	['another registry has its own', 'ghcr.io/a', ['docker.io=a.test'], ['https://ghcr.io a (ghcr.io)']],
	[
		'a registry reached over http takes the place of itself',
		'lan.test:5000/a',
		['lan.test:5000=http://lan.test:5000'],
		['http://lan.test:5000 a (lan.test:5000)'],
	],
	[
		'port 80 is another account than port 443',
		'lan.test/a',
		['lan.test=http://lan.test'],
		['http://lan.test a (lan.test:80)', 'https://lan.test a (lan.test)'],
	],
];

for (const [title, name, mirrors, expected] of cases)
	test(`endpoint: ${title}`, () => {
		assert.deepEqual(asked(name, mirrors), expected);
	});

test('endpoint: offline, only this machine is asked', () => {
	assert.deepEqual(asked('node', ['docker.io=m.test', 'docker.io=http://127.0.0.1:5000'], true), [
		'http://127.0.0.1:5000 library/node (127.0.0.1:5000)',
	]);
	assert.deepEqual(asked('node', [], true), []);
});

const invalid: readonly [mirror: string, why: RegExp][] = [
	['docker.io=https://user:secret@m.test', /^invalid mirror of docker\.io: credentials belong/],
	['docker.io=http://', /not an address/],
	['docker.io=https://m.test/?x', /no "\?"/],
	['docker.io=https://m.test/A b', /cannot be part of an image name/],
];

for (const [mirror, why] of invalid)
	test(`endpoint: the mirror ${mirror} is refused`, () => {
		assert.throws(
			() => asked('node', [mirror]),
			(error: Error) => {
				assert.match(error.message, why);
				assert.doesNotMatch(error.message, /secret/);
				return true;
			},
		);
	});
