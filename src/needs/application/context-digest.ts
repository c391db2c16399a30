import { createHash, type Hash } from 'node:crypto';
import type { Disk } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { type ContextEntry, readContext } from './context.ts';
import { parseIgnore } from './ignore.ts';

/** Larger contexts have no digest: it would take longer than what it is to save. */
const largest = 8 * 1024 ** 3;
const chunk = 1024 * 1024;

/**
 * SHA-256 of all that a builder is sent of a directory: names, kinds, modes, targets of links and contents. Which of the two
 * ignore files counts depends on the builder, so that where both are there both contexts are in it. Undefined when larger than
 * `most` bytes.
 */
export async function contextDigest(disk: Disk, directory: string, dockerfile = 'Dockerfile', most = largest): Promise<string | undefined> {
	const hash = createHash('sha256');
	const texts = [await ignoreFile(disk, directory, dockerfile), await ignoreText(disk, `${directory}/.dockerignore`)];
	const known = texts.filter((text) => text !== undefined);
	for (const text of known.length === 0 ? [''] : known) {
		const context = await readContext(disk, directory, parseIgnore(text));
		let bytes = 0;
		for (const path of [...context.keys()].sort()) {
			const entry = context.get(path) as ContextEntry;
			bytes += entry.size;
			if (bytes > most) return undefined;
			await add(disk, hash, entry);
		}
		hash.update('\0\0');
	}
	return hash.digest('hex');
}

/** What the ignore file of one Dockerfile says (Docker documentation, "Filename and location"); undefined when there is none. */
export function ignoreFile(disk: Disk, directory: string, dockerfile = 'Dockerfile'): Promise<string | undefined> {
	return ignoreText(disk, `${directory}/${dockerfile}.dockerignore`);
}

async function ignoreText(disk: Disk, path: string): Promise<string | undefined> {
	const stat = await disk.stat(path, { follow: true });
	if (stat?.type !== 'file') return undefined;
	return new TextDecoder().decode(await disk.readFile(path, limits.sourceFile, { follow: true }));
}

/** Every part with its length, so that no two contexts give the same bytes. */
async function add(disk: Disk, hash: Hash, { path, type, mode, size, target = '', source }: ContextEntry): Promise<void> {
	hash.update(JSON.stringify([path, type, mode, type === 'file' ? size : 0, target]));
	if (type !== 'file') return;
	const file = await disk.open(source);
	try {
		for (let at = 0; at < file.size; ) {
			const bytes = await file.read(at, chunk);
			if (bytes.length === 0) break;
			hash.update(bytes);
			at += bytes.length;
		}
		hash.update(`\0${file.size}`);
	} finally {
		await file.close();
	}
}
