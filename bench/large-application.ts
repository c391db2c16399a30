import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TarMember, writeTar } from '../src/formats/tar-writer.ts';

/** A service with many packages: each file is asked for by its package's main file, every package by the service. */
function* sources(files: number): Generator<{ readonly path: string; readonly text: string }> {
	const perPackage = 40;
	const packages = Math.ceil(files / perPackage);
	const names = Array.from({ length: packages }, (_, i) => `package-${i}`);
	yield {
		path: 'server.js',
		text: `${names.map((name) => `require('${name}');`).join('\n')}\nrequire('node:http').createServer().listen(3000);\n`,
	};
	yield {
		path: 'package.json',
		text: JSON.stringify({ name: 'large', version: '1.0.0', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) }),
	};
	for (const name of names) {
		const parts = Array.from({ length: perPackage - 2 }, (_, i) => `lib/part-${i}.js`);
		yield { path: `node_modules/${name}/package.json`, text: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }) };
		yield { path: `node_modules/${name}/index.js`, text: parts.map((part) => `exports['${part}'] = require('./${part}');`).join('\n') };
		for (const part of parts) yield { path: `node_modules/${name}/${part}`, text: partText(name, part) };
	}
}

function partText(name: string, part: string): string {
	const lines = Array.from(
		{ length: 20 },
		(_, i) => `exports.f${i} = (x) => path.join(String(x), '${name}', '${part}', fs.constants.R_OK + ${i});`,
	);
	return `'use strict';\nconst fs = require('node:fs');\nconst path = require('node:path');\n${lines.join('\n')}\n`;
}

/** Stands in the Dockerfile for the first base of the bench. */
export const baseName = 'bench.example/base';
const dockerfile = `FROM ${baseName}\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n`;

export function writeDirectory(directory: string, files: number): void {
	for (const { path, text } of [...sources(files), { path: 'Dockerfile', text: dockerfile }]) {
		mkdirSync(join(directory, path, '..'), { recursive: true });
		writeFileSync(join(directory, path), text);
	}
}

interface Descriptor {
	readonly digest: string;
	readonly size: number;
}

/** The same as an OCI layout: the layers of a base's layout, and one above them. */
export function writeImage(directory: string, base: string, files: number): void {
	mkdirSync(join(directory, 'blobs/sha256'), { recursive: true });
	for (const name of readdirSync(join(base, 'blobs/sha256')))
		copyFileSync(join(base, 'blobs/sha256', name), join(directory, 'blobs/sha256', name));
	const json = <T>(digest: string): T =>
		JSON.parse(readFileSync(join(directory, 'blobs/sha256', digest.replace('sha256:', '')), 'utf8')) as T;
	const put = (bytes: Uint8Array | string): Descriptor => {
		const digest = createHash('sha256').update(bytes).digest('hex');
		writeFileSync(join(directory, 'blobs/sha256', digest), bytes);
		return { digest: `sha256:${digest}`, size: Buffer.byteLength(bytes) };
	};
	const index = JSON.parse(readFileSync(join(base, 'index.json'), 'utf8')) as { manifests: (Descriptor & { mediaType: string })[] };
	const entry = index.manifests[0];
	if (entry === undefined) throw new Error(`${base} is an empty layout`);
	const manifest = json<{ config: Descriptor; layers: object[] }>(entry.digest);
	const config = json<{ config: object; rootfs: { diff_ids: string[] }; history?: object[] }>(manifest.config.digest);
	const members: TarMember[] = [...sources(files)].map(({ path, text }) => ({
		name: `app/${path}`,
		body: Buffer.from(text),
	}));
	const layer = put(writeTar(members));
	config.config = { ...config.config, WorkingDir: '/app', Cmd: ['node', 'server.js'] };
	config.rootfs.diff_ids.push(layer.digest);
	config.history = [...(config.history ?? []), { created_by: 'COPY . .' }];
	manifest.config = { ...manifest.config, ...put(JSON.stringify(config)) };
	manifest.layers.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer });
	writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
	writeFileSync(
		join(directory, 'index.json'),
		JSON.stringify({ ...index, manifests: [{ mediaType: entry.mediaType, ...put(JSON.stringify(manifest)) }] }),
	);
}
