import { createHash, type Hash } from 'node:crypto';
import type { Disk } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { type ContextEntry, readContext } from './context.ts';
import { parseIgnore } from './ignore.ts';

/** Larger contexts have no digest: it would take longer than what it is to save. */
const largest = 8 * 1024 ** 3;
const chunk = 1024 * 1024;
/** Files of at most this many bytes are read whole, several at a time. */
const small = 64 * 1024;
const together = 16;

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
		const entries = [...context.keys()].sort().map((path) => context.get(path) as ContextEntry);
		if (entries.reduce((sum, { size }) => sum + size, 0) > most) return undefined;
		for (let at = 0; at < entries.length; at += together) await addAll(disk, hash, entries.slice(at, at + together));
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

async function addAll(disk: Disk, hash: Hash, entries: readonly ContextEntry[]): Promise<void> {
	const bodies = await Promise.all(
		entries.map(({ type, size, source }) =>
			// one that cannot be read, or has grown, is told by the second way
			type === 'file' && size <= small ? disk.readFile(source, chunk).catch(() => undefined) : undefined,
		),
	);
	for (const [index, entry] of entries.entries()) await add(disk, hash, entry, bodies[index]);
}

/** Every part with its length, so that no two contexts give the same bytes. */
async function add(disk: Disk, hash: Hash, entry: ContextEntry, body: Uint8Array | undefined): Promise<void> {
	const { path, type, mode, size, target = '', source } = entry;
	hash.update(JSON.stringify([path, type, mode, type === 'file' ? size : 0, target]));
	if (type !== 'file') return;
	if (body === undefined) await addFile(disk, hash, source);
	else hash.update(body).update(`\0${body.length}`);
}

async function addFile(disk: Disk, hash: Hash, source: string): Promise<void> {
	const file = await disk.open(source);
	const buffer = new Uint8Array(Math.min(chunk, file.size));
	try {
		for (let at = 0; at < file.size; ) {
			const bytes = await file.read(at, buffer.length, buffer);
			if (bytes.length === 0) break;
			hash.update(bytes);
			at += bytes.length;
		}
		hash.update(`\0${file.size}`);
	} finally {
		await file.close();
	}
}
