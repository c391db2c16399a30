import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FootingError } from '../model/errors.ts';
import { nameText, parseReference } from './reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

const names: readonly (readonly [written: string, full: string])[] = [
	['node', 'docker.io/library/node:latest'],
	['node:24-slim', 'docker.io/library/node:24-slim'],
	['grafana/grafana', 'docker.io/grafana/grafana:latest'],
	['docker.io/node', 'docker.io/library/node:latest'],
	['index.docker.io/library/node', 'docker.io/library/node:latest'],
	['gcr.io/distroless/nodejs24-debian13:nonroot', 'gcr.io/distroless/nodejs24-debian13:nonroot'],
	['localhost/app', 'localhost/app:latest'],
	['127.0.0.1:5000/node:20', '127.0.0.1:5000/node:20'],
	['[::1]:5000/node', '[::1]:5000/node:latest'],
	['Registry/node', 'Registry/node:latest'],
	[`node@${digest}`, `docker.io/library/node@${digest}`],
	[`node:20@${digest}`, `docker.io/library/node:20@${digest}`],
	['a__b/c-d/e--f.g:T_1', 'docker.io/a__b/c-d/e--f.g:T_1'],
];

for (const [written, full] of names) {
	test(`reference: ${written} is ${full}`, () => {
		const reference = parseReference(written);
		assert.equal(reference.scheme, 'any');
		assert.equal(reference.name && nameText(reference.name), full);
	});
}

const prefixed: readonly (readonly [written: string, scheme: string, target: string])[] = [
	['registry:node:24', 'registry', 'node:24'],
	['docker://node:24', 'registry', 'node:24'],
	['docker:node', 'docker', 'node'],
	['docker-daemon:node:24', 'docker', 'node:24'],
	[`docker:${digest}`, 'docker', digest],
	['podman:localhost/app', 'podman', 'localhost/app'],
	['docker-archive:./app.tar', 'docker-archive', './app.tar'],
	['oci-archive:/tmp/-x.tar:tag', 'oci-archive', '/tmp/-x.tar:tag'],
	['oci-layout:out:v1', 'oci-layout', 'out:v1'],
	['oci-dir:out', 'oci-layout', 'out'],
	['oci:out', 'oci-layout', 'out'],
	['rootfs:/srv/root', 'rootfs', '/srv/root'],
	['dir:/srv/root', 'rootfs', '/srv/root'],
];

for (const [written, scheme, target] of prefixed) {
	test(`reference: ${written} is looked for as ${scheme}`, () => {
		const reference = parseReference(written);
		assert.deepEqual([reference.scheme, reference.target], [scheme, target]);
	});
}

const refused: readonly string[] = [
	'',
	'-v',
	'--help',
	'registry:-x',
	'docker-archive:',
	'Node',
	'node:',
	'node:tag with space',
	'node@sha256:abc',
	`node@sha256:${'AB'.repeat(32)}`,
	'node@sha256:../../../etc/passwd',
	'a//b',
	'/node',
	'node/',
	'a..b',
	'$(id)',
	'node;id',
	'https://example.org/node',
	'host:123456/node',
	'a\nb',
	`${'a/'.repeat(200)}a`,
	'x'.repeat(5000),
	`registry:${digest}`,
];

for (const written of refused) {
	test(`reference: ${JSON.stringify(written.slice(0, 60))} is refused`, () => {
		assert.throws(
			() => parseReference(written),
			(error) => error instanceof FootingError && error.code === 'bad-reference',
		);
	});
}
