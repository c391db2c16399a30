import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { chisel } from './chisel.ts';

const system: System = { id: 'ubuntu', versionId: '24.04', libc: { family: 'none', because: [] }, because: [] };
const where = '/var/lib/chisel/manifest.wall';

const records = [
	'{"kind":"content","slice":"libc6_libs","path":"/lib/ld-linux.so.2"}',
	'{"kind":"package","name":"base-files","version":"13ubuntu10.1","sha256":"ab","arch":"amd64"}',
	'{"kind":"package","name":"libc6","version":"2.39-0ubuntu8.4","sha256":"cd","arch":"amd64"}',
	'{"kind":"path","path":"/etc/","mode":"0755","slices":["base-files_base"]}',
	'{"kind":"path","path":"/etc/os-release","mode":"0644","slices":["base-files_base","libc6_libs"],"sha256":"ef","size":3}',
	'{"kind":"path","path":"/lib/ld-linux.so.2","mode":"0755","slices":["libc6_libs"],"link":"/x"}',
	'{"kind":"slice","name":"base-files_base"}',
	'{"kind":"slice","name":"libc6_config"}',
	'{"kind":"slice","name":"libc6_libs"}',
];

function wall(lines: readonly string[], count = lines.length + 1): Uint8Array {
	return zstdCompressSync(`{"jsonwall":"1.0","schema":"1.0","count":${count}}\n${lines.join('\n')}\n`);
}

async function found(body: Uint8Array | string) {
	return chisel.catalog(rootfs({ [where]: body, '/usr/lib/ld-linux.so.2': 'x', '/lib': link('usr/lib'), '/etc/os-release': 'x' }), system);
}

test('chisel: packages with their slices and the files that were taken, links of their directories resolved', async () => {
	const { packages, present, problems, blindSpots } = await found(wall(records));
	assert.deepEqual([present, problems, blindSpots], [true, [], []]);
	assert.deepEqual(
		packages.map((p) => [p.purl, p.files, p.because.shows]),
		[
			[
				'pkg:deb/ubuntu/base-files@13ubuntu10.1?arch=amd64&distro=ubuntu-24.04',
				['/etc/os-release'],
				'package base-files 13ubuntu10.1, slices base',
			],
			[
				'pkg:deb/ubuntu/libc6@2.39-0ubuntu8.4?arch=amd64&distro=ubuntu-24.04',
				['/usr/lib/ld-linux.so.2'],
				'package libc6 2.39-0ubuntu8.4, slices config, libs',
			],
		],
	);
});

const broken: readonly (readonly [title: string, body: Uint8Array | string, packages: number])[] = [
	['no zstd', 'jsonwall', 0],
	['cut', wall(records).subarray(0, 60), 0],
	['no jsonwall', zstdCompressSync('{}\n'), 0],
	['lines are missing', wall(records, 99), 2],
	['a line is no JSON', wall([...records, '{"kind":']), 2],
	['more lines that are none than are worth reading', wall([...records, ...Array<string>(100_000).fill('')]), 2],
	['a package without a version', wall(['{"kind":"package","name":"x"}', ...records]), 2],
	['a slice of a package that is not there', wall([...records, '{"kind":"slice","name":"other_bins"}']), 2],
];
for (const [title, body, count] of broken)
	test(`chisel: a manifest that is broken is a problem and hides packages: ${title}`, async () => {
		const { packages, problems, blindSpots } = await found(body);
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [count, 1, ['packages']]);
	});
