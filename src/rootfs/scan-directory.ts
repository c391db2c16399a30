import type { TarEntry } from '../formats/tar.ts';
import { FootingError } from '../model/errors.ts';
import { childPath } from '../model/file-tree.ts';
import type { Disk, FileStat } from '../model/host.ts';
import { limits } from '../model/limits.ts';
import { quote } from '../model/quote.ts';
import type { LayerCollector } from './layer-collector.ts';
import { fileChunks } from './scan-source.ts';

/**
 * Walks an unpacked root file system with lstat: no link is followed, only regular files are opened, nothing leaves the
 * directory. Files with several names are told by device and inode.
 */
export async function scanDirectory(disk: Disk, directory: string, collector: LayerCollector): Promise<void> {
	const seen = new Map<string, string>();
	collector.problem({
		code: 'attributes-not-read',
		where: '/',
		message: 'extended attributes of a directory on disk, such as file capabilities, are not read',
	});
	const pending: { readonly path: string; readonly depth: number }[] = [{ path: '/', depth: 0 }];
	let count = 0;
	for (let here = pending.pop(); here !== undefined; here = pending.pop()) {
		if (here.depth > limits.depth)
			throw new FootingError('limit', `cannot read ${quote(directory)}: deeper than ${limits.depth} directories`);
		for (const name of await listNames(disk, directory, here.path, collector)) {
			count += 1;
			if (count > limits.entries) throw new FootingError('limit', `cannot read ${quote(directory)}: more than ${limits.entries} entries`);
			const path = childPath(here.path, name);
			const stat = await statName(disk, directory, path, collector);
			if (stat === undefined) continue;
			await scanName(disk, directory, path, stat, seen, collector);
			if (stat.type === 'directory') pending.push({ path, depth: here.depth + 1 });
		}
	}
}

/** A directory that may not be looked into hides what is in it; the rest can still be read. */
async function listNames(disk: Disk, directory: string, path: string, collector: LayerCollector): Promise<readonly string[]> {
	try {
		return [...(await disk.list(`${directory}${path}`))].sort();
	} catch (error) {
		if (!(error instanceof FootingError) || path === '/') throw error;
		collector.problem({ code: 'unreadable-directory', where: path, message: error.message });
		return [];
	}
}

async function statName(disk: Disk, directory: string, path: string, collector: LayerCollector): Promise<FileStat | undefined> {
	try {
		return await disk.stat(`${directory}${path}`);
	} catch (error) {
		if (!(error instanceof FootingError)) throw error;
		collector.problem({ code: 'unreadable-file', where: path, message: error.message });
		return undefined;
	}
}

async function scanName(
	disk: Disk,
	directory: string,
	path: string,
	stat: FileStat,
	seen: Map<string, string>,
	collector: LayerCollector,
): Promise<void> {
	const real = `${directory}${path}`;
	const first = stat.links > 1 && stat.type === 'file' ? seen.get(stat.identity) : undefined;
	if (first !== undefined) {
		collector.entry(member(path, 'hardlink', stat, first));
		return;
	}
	if (stat.links > 1 && stat.type === 'file') seen.set(stat.identity, path);
	if (stat.type === 'symlink') {
		collector.entry(member(path, 'symlink', stat, await disk.readLink(real)));
	} else if (stat.type !== 'file') {
		collector.entry(member(path, stat.type === 'directory' ? 'directory' : (stat.special ?? 'fifo'), stat, ''));
	} else if (collector.entry(member(path, 'file', stat, ''))) {
		await readBody(disk, real, path, stat, collector);
	}
}

async function readBody(disk: Disk, real: string, path: string, stat: FileStat, collector: LayerCollector): Promise<void> {
	let position = 0;
	try {
		for await (const chunk of fileChunks(disk, real, 0, stat.size, false)) {
			collector.body(chunk, position);
			position += chunk.length;
		}
	} catch (error) {
		if (!(error instanceof FootingError)) throw error;
		collector.problem({ code: 'unreadable-file', where: path, message: error.message });
		collector.abandon();
		return;
	}
	collector.finish();
}

function member(path: string, type: TarEntry['type'], stat: FileStat, link: string): TarEntry {
	return {
		name: path,
		type,
		flag: '0',
		mode: stat.mode & 0o7777,
		uid: stat.uid,
		gid: stat.gid,
		size: type === 'file' ? stat.size : 0,
		link,
		deviceMajor: 0,
		deviceMinor: 0,
		xattrs: undefined,
		offset: 0,
		sparse: false,
	};
}
