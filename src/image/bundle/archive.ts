import { compressionOf, decompressor } from '../../formats/decompress.ts';
import { type TarEntry, TarReader } from '../../formats/tar.ts';
import { FootingError } from '../../model/errors.ts';
import { components } from '../../model/file-tree.ts';
import type { Host, OpenFile } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import type { Bundle, FilePlace } from './bundle.ts';

/** Read at a time while headers are looked for; bodies are passed over. */
const windowSize = 32 * 1024;
const inputSize = 256 * 1024;
/** Names in archives of images are short; longer ones are never asked for. */
const maxName = 512;

type Member = { readonly offset: number; readonly length: number } | { readonly link: string };

/**
 * An archive of the local disk. Only its headers are read, by seeking; one that is compressed as a whole is first
 * written to a temporary file, which `close` removes.
 * @throws FootingError `bad-archive`, `truncated`, `limit`, `bad-compression`, `not-found`
 */
export async function openArchive(host: Host, path: string, where: string): Promise<Bundle> {
	const file = await host.disk.open(path, { follow: true });
	try {
		const head = await file.read(0, 6);
		if (compressionOf(head) === 'none') return archiveBundle(await readMembers(file, where), path, where);
		return await openCompressed(host, file, where);
	} catch (error) {
		throw named(error, where);
	} finally {
		await file.close();
	}
}

async function openCompressed(host: Host, file: OpenFile, where: string): Promise<Bundle> {
	host.progress?.(`decompressing ${where}`);
	const temporary = await host.disk.temporaryFile();
	try {
		await decompressInto(file, (chunk) => temporary.append(chunk));
		const plain = await host.disk.open(temporary.path);
		const members = await readMembers(plain, where).finally(() => plain.close());
		return { ...archiveBundle(members, temporary.path, where), close: () => temporary.close() };
	} catch (error) {
		await temporary.close();
		throw error;
	}
}

async function decompressInto(file: OpenFile, append: (chunk: Uint8Array) => void): Promise<void> {
	let written = 0;
	const output = (chunk: Uint8Array): void => {
		written += chunk.length;
		if (written > limits.temporaryFile)
			throw new FootingError('limit', `cannot decompress: more than ${limits.temporaryFile} bytes come out of it`);
		append(chunk);
	};
	const inner = decompressor(compressionOf(await file.read(0, 6)), output);
	try {
		for (let at = 0; at < file.size; at += inputSize) await inner.write(await file.read(at, inputSize));
		await inner.end();
	} finally {
		inner.close();
	}
}

/** Every file and link by its normal name; the last of equal names counts, as it does for an engine that unpacks. */
async function readMembers(file: OpenFile, where: string): Promise<ReadonlyMap<string, Member>> {
	const members = new Map<string, Member>();
	let count = 0;
	const reader = new TarReader({
		entry(entry) {
			count += 1;
			if (count > limits.archiveMembers)
				throw new FootingError('limit', `cannot open ${where}: more than ${limits.archiveMembers} files in it`);
			addMember(members, entry);
			return false;
		},
		body: () => {},
		finish: () => {},
	});
	for (let at = 0; at < file.size && !reader.ended; ) {
		const chunk = await file.read(at, windowSize);
		if (chunk.length === 0) break;
		reader.push(chunk);
		at += chunk.length;
		const over = Math.min(reader.unwanted, file.size - at);
		reader.skip(over);
		at += over;
	}
	reader.end();
	return members;
}

function addMember(members: Map<string, Member>, entry: TarEntry): void {
	const name = normalName(entry.name);
	if (name === undefined || name.length > maxName) return;
	if (entry.type === 'file' && !entry.sparse) members.set(name, { offset: entry.offset, length: entry.size });
	else if (entry.type === 'hardlink') members.set(name, { link: entry.link });
	else if (entry.type === 'symlink') members.set(name, { link: besides(name, entry.link) });
	else members.delete(name);
}

/** The target of a symbolic link, seen from the top of the archive. */
function besides(name: string, target: string): string {
	return target.startsWith('/') ? `../${target}` : `${name.slice(0, name.lastIndexOf('/') + 1)}${target}`;
}

/** `./a//b/../c` is `a/c`; undefined when it leads out of the archive. */
export function normalName(name: string): string | undefined {
	const kept: string[] = [];
	for (const part of components(name)) {
		if (part !== '..') kept.push(part);
		else if (kept.pop() === undefined) return undefined;
	}
	return kept.join('/');
}

function archiveBundle(members: ReadonlyMap<string, Member>, path: string, where: string): Bundle {
	return {
		where,
		async place(name): Promise<FilePlace | undefined> {
			let member = members.get(name);
			for (let hops = 0; member !== undefined && 'link' in member; hops += 1) {
				const target = normalName(member.link);
				if (target === undefined)
					throw new FootingError(
						'path-escape',
						`cannot open ${where}: ${quote(name)} is a link out of the archive, to ${quote(member.link)}`,
					);
				if (hops >= limits.linkHops) throw new FootingError('bad-archive', `cannot open ${where}: ${quote(name)} is a link in a circle`);
				member = members.get(target);
			}
			return member === undefined ? undefined : { kind: 'file', path, offset: member.offset, length: member.length };
		},
		close: async () => {},
	};
}

function named(error: unknown, where: string): unknown {
	if (!(error instanceof FootingError) || error.message.startsWith(`cannot open ${where}`)) return error;
	const code = error.code === 'bad-tar' ? 'bad-archive' : error.code;
	return new FootingError(code, `cannot open ${where}: ${error.message.replace(/^cannot (?:read the archive|decompress): /, '')}`, {
		cause: error,
	});
}
