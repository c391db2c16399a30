import { readBuildNotes } from '../../src/formats/build-notes.ts';
import { readElf } from '../../src/formats/elf.ts';
import { fileTree, type NewEntry } from '../../src/model/file-tree.ts';
import type { Capture, ElfFacts, Rootfs } from '../../src/model/rootfs.ts';

type Attributes = Pick<NewEntry, 'mode' | 'uid' | 'gid' | 'layer' | 'xattrs' | 'inode'>;
type Content = string | Uint8Array | Omit<NewEntry, 'path'>;

/** A regular file; a string is UTF-8 text. */
export function file(
	body: string | Uint8Array,
	attributes: Attributes & { readonly marks?: readonly string[]; readonly captures?: readonly Capture[] } = {},
): Omit<NewEntry, 'path'> {
	const { marks, captures, ...rest } = attributes;
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	const elf = elfOf(bytes, { ...(marks && { marks }), ...(captures && { captures }) });
	const shebang = bytes[0] === 0x23 && bytes[1] === 0x21 ? firstLine(bytes) : undefined;
	return { type: 'file', body: bytes, ...rest, ...(elf === undefined ? {} : { elf }), ...(shebang === undefined ? {} : { shebang }) };
}

export function link(target: string, attributes: Attributes = {}): Omit<NewEntry, 'path'> {
	return { type: 'symlink', target, ...attributes };
}

export function dir(attributes: Attributes = {}): Omit<NewEntry, 'path'> {
	return { type: 'directory', ...attributes };
}

/**
 * A file tree written as an object: a string or bytes is a file (0644), a name with a trailing slash a directory.
 *
 *     rootfs({ '/etc/os-release': 'ID=debian\n', '/bin/sh': link('dash'), '/bin/dash': file(elf, { mode: 0o755 }), '/tmp/': dir({ mode: 0o1777 }) })
 */
export function rootfs(tree: Readonly<Record<string, Content>>): Rootfs {
	return fileTree(
		Object.entries(tree).map(([path, content]) => ({
			path: path.endsWith('/') && path !== '/' ? path.slice(0, -1) : path,
			...(typeof content === 'string' || content instanceof Uint8Array ? file(content) : content),
		})),
	);
}

function elfOf(bytes: Uint8Array, marked: Pick<Partial<ElfFacts>, 'marks' | 'captures'>): ElfFacts | undefined {
	const range = (offset: number, length: number): Uint8Array | undefined =>
		offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : undefined;
	const facts = readElf({ size: bytes.length, range }, { symbols: true });
	const built = readBuildNotes({ size: bytes.length, range });
	return facts === undefined ? undefined : { ...facts, ...(built === undefined ? {} : { built }), ...marked };
}

function firstLine(bytes: Uint8Array): string {
	const end = bytes.indexOf(0x0a);
	return Buffer.from(bytes.subarray(0, Math.min(end === -1 ? bytes.length : end, 256))).toString('latin1');
}
