import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { nix } from './nix.ts';

const system: System = { id: 'nixos', libc: { family: 'none', because: [] }, because: [] };
const [a, b, c] = ['0c1xq5yyg4rkarb7y4w9vl1z7ps97c3d', '1d2yq5yyg4rkarb7y4w9vl1z7ps97c3d', '2f3zq5yyg4rkarb7y4w9vl1z7ps97c3d'];

async function found(tree: Parameters<typeof rootfs>[0]) {
	return nix.catalog(rootfs(tree), system);
}

const names: readonly (readonly [directory: string, purl: string | undefined])[] = [
	[`${a}-hello-2.12.1`, 'pkg:nix/hello@2.12.1'],
	[`${a}-glibc-2.38-44`, 'pkg:nix/glibc@2.38-44'],
	[`${a}-glibc-2.38-44-bin`, 'pkg:nix/glibc@2.38-44'],
	[`${a}-openssl-3.0.12-dev`, 'pkg:nix/openssl@3.0.12'],
	[`${a}-perl5.38.2-URI-5.21`, 'pkg:nix/perl5.38.2-URI@5.21'],
	[`${a}-bash-interactive-5.2-p26`, 'pkg:nix/bash-interactive@5.2-p26'],
	[`${a}-foo-unstable-2023-01-01`, 'pkg:nix/foo-unstable@2023-01-01'],
	[`${a}-coreutils-full-9.4-info`, undefined],
	[`${a}-hello-2.12.1-doc`, undefined],
	[`${a}-hello-2.12.1.drv`, undefined],
	[`${a}-stdenv-linux`, undefined],
	[`${a}-user-environment`, undefined],
	['hello-2.12.1', undefined],
	[`${a.toUpperCase()}-hello-2.12.1`, undefined],
	[`${a.slice(1)}t-hello-2.12.1`, undefined],
];
for (const [directory, purl] of names)
	test(`nix: ${directory.slice(directory.indexOf('-') + 1)} is ${purl ?? 'no package'}`, async () => {
		const { packages } = await found({ [`/nix/store/${directory}/bin/x`]: 'x' });
		assert.deepEqual(
			packages.map((p) => p.purl),
			purl === undefined ? [] : [purl],
		);
	});

test('nix: outputs and other builds of one version are one package that owns the files of all; single files and links are none', async () => {
	const { packages, present } = await found({
		[`/nix/store/${a}-openssl-3.0.12/lib/libssl.so.3`]: 'x',
		[`/nix/store/${b}-openssl-3.0.12-bin/bin/openssl`]: 'x',
		[`/nix/store/${c}-openssl-3.0.12-bin/bin/openssl`]: link('/x'),
		[`/nix/store/${c}-openssl-3.0.12-man/share/man/x`]: 'x',
		[`/nix/store/${c}-openssl-3.0.12.tar.gz`]: 'x',
		[`/nix/store/${c}-linked-1.0`]: link(`${a}-openssl-3.0.12`),
	});
	assert.equal(present, true);
	assert.deepEqual(
		packages.map((p) => [p.purl, p.files]),
		[
			[
				'pkg:nix/openssl@3.0.12',
				[
					`/nix/store/${a}-openssl-3.0.12/lib/libssl.so.3`,
					`/nix/store/${b}-openssl-3.0.12-bin/bin/openssl`,
					`/nix/store/${c}-openssl-3.0.12-bin/bin/openssl`,
				],
			],
		],
	);
});
