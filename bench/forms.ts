import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { tar } from '../test/support/tar.ts';
import { blobPath, pipeBlob, putBlob, readLayout, shareBlob, writeLayout } from './layout.ts';

const layerType = 'application/vnd.oci.image.layer.v1.tar';

/** The same image in every form that is measured, made once beside each other in `work`. */
export interface Forms {
	/** OCI layout whose layers are gzip. */
	readonly gzip: string;
	/** OCI layout whose layers are zstd. */
	readonly zstd: string;
	/** What `docker save` writes: layers uncompressed. */
	readonly archive: string;
}

export async function formsOf(layout: string, work: string): Promise<Forms> {
	const { manifest } = readLayout(layout);
	if (!manifest.layers.every(({ mediaType }) => /gzip$/.test(mediaType))) throw new Error(`the layers of ${layout} are not gzip`);
	const place = join(work, manifest.config.digest.slice(7, 19));
	const forms: Forms = { gzip: layout, zstd: join(place, 'zstd'), archive: join(place, 'image.tar') };
	if (!existsSync(join(forms.zstd, 'index.json'))) await writeZstd(layout, forms.zstd);
	if (!existsSync(forms.archive)) await writeArchive(layout, place, forms.archive);
	return forms;
}

async function writeZstd(from: string, to: string): Promise<void> {
	const { manifest } = readLayout(from);
	const layers = [];
	for (const layer of manifest.layers)
		layers.push(await pipeBlob(blobPath(from, layer.digest), to, `${layerType}+zstd`, zlib.createGunzip(), zlib.createZstdCompress()));
	writeLayout(to, { config: shareBlob(from, to, manifest.config), layers });
}

async function writeArchive(from: string, place: string, archive: string): Promise<void> {
	const { manifest, config } = readLayout(from);
	const folder = join(place, 'archive');
	mkdirSync(folder, { recursive: true });
	const names = [];
	for (const [index, layer] of manifest.layers.entries()) {
		const name = `${config.rootfs.diff_ids[index]?.slice(7)}.tar`;
		await pipeline(createReadStream(blobPath(from, layer.digest)), zlib.createGunzip(), createWriteStream(join(folder, name)));
		names.push(name);
	}
	const configName = `${manifest.config.digest.slice(7)}.json`;
	await pipeline(createReadStream(blobPath(from, manifest.config.digest)), createWriteStream(join(folder, configName)));
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: configName, RepoTags: ['bench:latest'], Layers: names }]));
	spawnSync('tar', ['-C', folder, '-cf', `${archive}.part`, 'manifest.json', configName, ...new Set(names)]);
	spawnSync('mv', [`${archive}.part`, archive]);
	rmSync(folder, { recursive: true });
}

/** Images with a layer of their own above one of the bases, in turn: what a team's services are. Their layouts. */
export function deriveImages(bases: readonly string[], count: number, work: string, salt = ''): readonly string[] {
	return Array.from({ length: count }, (_unset, index) => {
		const base = bases[index % bases.length] as string;
		const { manifest, config } = readLayout(base);
		const place = join(work, `derived-${manifest.config.digest.slice(7, 15)}-${salt}${index}`);
		if (existsSync(join(place, 'index.json'))) return place;
		const body = Buffer.from(`// service ${salt}${index}\n`.repeat(20_000));
		const layer = tar([
			{ name: 'srv/app/server.js', body },
			{ name: 'srv/app/package.json', body: JSON.stringify({ name: `service-${salt}${index}`, version: '1.0.0' }) },
		]);
		const own = putBlob(place, `${layerType}+gzip`, zlib.gzipSync(layer));
		const diffIds = [...config.rootfs.diff_ids, `sha256:${createHash('sha256').update(layer).digest('hex')}`];
		const { history: _dropped, ...rest } = config;
		const changed = Buffer.from(JSON.stringify({ ...rest, rootfs: { type: 'layers', diff_ids: diffIds } }));
		const layers = [...manifest.layers.map((one) => shareBlob(base, place, one)), own];
		writeLayout(place, { config: putBlob(place, 'application/vnd.oci.image.config.v1+json', changed), layers });
		return place;
	});
}
