import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink, stat, writeFile } from 'node:fs/promises';
import { decodePath, encodePath } from '../formats/path-text.ts';
import { FootingError } from '../model/errors.ts';
import type { Disk, FileStat, OpenFile } from '../model/host.ts';
import { quote } from '../model/quote.ts';
import { createTemporaryFile } from './temporary-files.ts';

/** Names are bytes: stray ones travel as surrogateescape inside the program and become bytes again here. */
function native(path: string): Buffer {
	return Buffer.from(encodePath(path));
}

function failed(doing: string, path: string, cause: unknown): FootingError {
	const code = (cause as NodeJS.ErrnoException).code;
	const why = reasons[code ?? ''] ?? String((cause as Error).message);
	return new FootingError('not-found', `cannot ${doing} ${quote(path)}: ${quote(why)}`, { cause });
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'permission denied',
	ENOTDIR: 'a part of the path is no directory',
	ELOOP: 'it is a symbolic link',
	EISDIR: 'it is a directory',
	ENXIO: 'it is no regular file',
};

/** The real disk. A fifo or a device is refused without waiting for it. */
export function createDisk(): Disk {
	return {
		open: openFile,
		async readFile(path, limit, options) {
			const file = await openFile(path, options);
			try {
				if (file.size > limit)
					throw new FootingError('limit', `cannot read ${quote(path)}: ${file.size} bytes are more than the limit of ${limit}`);
				return await readWhole(file);
			} finally {
				await file.close();
			}
		},
		async stat(path, options) {
			try {
				const s = await (options?.follow === true ? stat(native(path)) : lstat(native(path)));
				const type = s.isFile() ? 'file' : s.isDirectory() ? 'directory' : s.isSymbolicLink() ? 'symlink' : 'other';
				return {
					type,
					...(type === 'other' ? { special: specialType(s) } : {}),
					size: s.size,
					mode: s.mode & 0o7777,
					uid: s.uid,
					gid: s.gid,
					identity: `${s.dev}:${s.ino}`,
					links: s.nlink,
					modifiedMs: s.mtimeMs,
				} satisfies FileStat;
			} catch (error) {
				const code = (error as NodeJS.ErrnoException).code;
				if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
				throw failed('look at', path, error);
			}
		},
		async readLink(path) {
			try {
				return decodePath(await readlink(native(path), { encoding: 'buffer' }));
			} catch (error) {
				throw failed('read the link', path, error);
			}
		},
		async list(directory) {
			try {
				return (await readdir(native(directory), { encoding: 'buffer' })).map(decodePath);
			} catch (error) {
				throw failed('list', directory, error);
			}
		},
		async writeFile(path, text) {
			try {
				await writeFile(native(path), text);
			} catch (error) {
				throw failed('write', path, error);
			}
		},
		async writePieces(path, pieces) {
			const file = await open(native(path), 'w').catch((error: unknown) => {
				throw failed('write', path, error);
			});
			try {
				for await (const piece of pieces)
					await file.writeFile(piece).catch((error: unknown) => {
						throw failed('write', path, error);
					});
			} finally {
				await file.close();
			}
		},
		temporaryFile: createTemporaryFile,
	};
}

function specialType(stats: Stats): NonNullable<FileStat['special']> {
	if (stats.isFIFO()) return 'fifo';
	if (stats.isSocket()) return 'socket';
	return stats.isBlockDevice() ? 'block-device' : 'character-device';
}

async function openFile(path: string, options?: { readonly follow?: boolean }): Promise<OpenFile> {
	const flags = constants.O_RDONLY | constants.O_NONBLOCK | (options?.follow === true ? 0 : constants.O_NOFOLLOW);
	let handle: FileHandle | undefined;
	try {
		handle = await open(native(path), flags);
		const facts = await handle.stat();
		if (!facts.isFile()) throw Object.assign(new Error('not a regular file'), { code: facts.isDirectory() ? 'EISDIR' : 'ENXIO' });
		return opened(handle, facts.size, path);
	} catch (error) {
		await handle?.close();
		throw failed('open', path, error);
	}
}

function opened(handle: FileHandle, size: number, path: string): OpenFile {
	return {
		size,
		async read(position, length, into) {
			const buffer = into ?? Buffer.allocUnsafeSlow(length);
			let filled = 0;
			try {
				while (filled < length) {
					const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
					if (bytesRead === 0) break;
					filled += bytesRead;
				}
			} catch (error) {
				throw failed('read', path, error);
			}
			return buffer.subarray(0, filled);
		},
		close: () => handle.close(),
	};
}

async function readWhole(file: OpenFile): Promise<Uint8Array> {
	return file.size === 0 ? new Uint8Array(0) : file.read(0, file.size);
}
