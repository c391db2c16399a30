import { parseOsRelease } from '../formats/os-release.ts';
import type { Evidence } from '../model/evidence.ts';
import type { BlindSpot, System } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { Rootfs } from '../model/rootfs.ts';
import { findLibc } from './libc.ts';

export interface SystemDescription {
	readonly system: System;
	readonly blindSpots: readonly BlindSpot[];
	readonly problems: readonly Problem[];
}

type Names = Omit<System, 'libc' | 'because'> & { readonly because: Evidence };

/** os-release(5): the first that exists counts. Links are followed inside the root only. */
const osReleases = ['/etc/os-release', '/usr/lib/os-release'];
const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** Which operating system this is, by its files; never by the image's name. */
export async function describeSystem(rootfs: Rootfs): Promise<SystemDescription> {
	const names = (await fromOsRelease(rootfs)) ?? (await fromAlpineRelease(rootfs)) ?? (await fromDebianVersion(rootfs));
	const libc = await findLibc(rootfs);
	const blindSpots: readonly BlindSpot[] =
		names === undefined ? [{ code: 'no-os-release', hides: ['system'], message: 'no file says which operating system this is' }] : [];
	const { because, ...told } = names ?? { id: 'unknown', because: undefined };
	return { system: { ...told, libc, because: because === undefined ? [] : [because] }, blindSpots, problems: [] };
}

async function fromOsRelease(rootfs: Rootfs): Promise<Names | undefined> {
	for (const path of osReleases) {
		const body = await readSmall(rootfs, path);
		if (body === undefined) continue;
		const values = parseOsRelease(decode(body));
		// os-release(5): "linux" when ID is not set
		const id = values.get('ID') ?? '';
		if (id === '' && values.size === 0) continue;
		const versionId = values.get('VERSION_ID');
		const versionCodename = values.get('VERSION_CODENAME');
		const name = values.get('PRETTY_NAME') ?? values.get('NAME');
		const idLike = values.get('ID_LIKE');
		return {
			id: id === '' ? 'linux' : id,
			...(versionId === undefined || versionId === '' ? {} : { versionId }),
			...(versionCodename === undefined || versionCodename === '' ? {} : { versionCodename }),
			...(name === undefined || name === '' ? {} : { name }),
			...(idLike === undefined || idLike === '' ? {} : { idLike: idLike.split(/\s+/).filter((w) => w !== '') }),
			because: { path, shows: `ID=${id}${versionId === undefined ? '' : `, VERSION_ID=${versionId}`}` },
		};
	}
	return undefined;
}

async function fromAlpineRelease(rootfs: Rootfs): Promise<Names | undefined> {
	const path = '/etc/alpine-release';
	const version = await firstLine(rootfs, path);
	if (version === undefined || !/^\d+\.\d+/.test(version)) return undefined;
	return { id: 'alpine', versionId: version, name: `Alpine Linux ${version}`, because: { path, shows: version } };
}

async function fromDebianVersion(rootfs: Rootfs): Promise<Names | undefined> {
	const path = '/etc/debian_version';
	const version = await firstLine(rootfs, path);
	if (version === undefined) return undefined;
	// testing and unstable write `trixie/sid`
	const major = /^(\d+)(\.|$)/.exec(version)?.[1];
	return {
		id: 'debian',
		...(major === undefined ? {} : { versionId: major }),
		name: `Debian GNU/Linux ${version}`,
		because: { path, shows: version },
	};
}

/** A file that says which system this is fits into a page or two; what is larger says nothing. */
async function readSmall(rootfs: Rootfs, path: string): Promise<Uint8Array | undefined> {
	const entry = rootfs.resolve(path);
	return entry?.type === 'file' && entry.size <= 64 * 1024 ? rootfs.read(path) : undefined;
}

async function firstLine(rootfs: Rootfs, path: string): Promise<string | undefined> {
	const body = await readSmall(rootfs, path);
	const line = body === undefined ? '' : (decode(body).split('\n')[0] ?? '').trim();
	return line === '' || line.length > 100 ? undefined : line;
}
