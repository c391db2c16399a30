import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { javaRuntime } from './java-runtime.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const release = 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="21.0.5+11-LTS"\nJAVA_VERSION="21.0.5"\nMODULES="java.base"\n';

test('java-runtime: a runtime from a tarball, with the version of its build', async () => {
	const { packages } = await javaRuntime.catalog(
		rootfs({ '/opt/java/release': release, '/opt/java/bin/java': file('\x7fELF', { mode: 0o755 }) }),
		system,
	);
	assert.deepEqual(
		packages.map((p) => [p.name, p.version, p.purl, p.because.shows]),
		[['openjdk', '21.0.5+11-LTS', 'pkg:generic/openjdk@21.0.5%2B11-LTS', 'Java 21.0.5+11-LTS of Eclipse Adoptium']],
	);
});

test('java-runtime: a file of that name elsewhere, or without a version, is no runtime', async () => {
	const { packages } = await javaRuntime.catalog(
		rootfs({ '/etc/release': release, '/jre/release': 'MODULES="java.base"\n', '/jre/bin/java': 'x' }),
		system,
	);
	assert.deepEqual(packages, []);
});
