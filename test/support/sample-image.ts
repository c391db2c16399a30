import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { decodePath, encodePath } from '../../src/formats/path-text.ts';
import type { Rootfs } from '../../src/model/rootfs.ts';
import { tar } from './tar.ts';

const odd = decodePath(Buffer.from([0x63, 0x61, 0x66, 0xe9]));
const long = `usr/share/${'a-long-name/'.repeat(12)}end`;

/** Three layers in which every kind of member and every rule of merging has a part. */
export const sampleLayers: readonly Buffer[] = [
	tar([
		{ name: 'bin', flag: '2', link: 'usr/bin' },
		{ name: 'usr/bin/', flag: '5' },
		{ name: 'usr/bin/busy', body: '#!/bin/sh\n', mode: 0o755 },
		{ name: 'usr/bin/sh', flag: '1', link: 'usr/bin/busy' },
		{ name: 'usr/bin/su', body: 'su', mode: 0o4755 },
		{ name: 'etc/old', body: 'old' },
		{ name: 'etc/kept', body: 'kept' },
		{ name: 'var/cache/', flag: '5', mode: 0o700 },
		{ name: 'var/cache/a', body: 'a' },
	]),
	tar([
		{ name: 'etc/.wh.old', body: '' },
		{ name: 'bin/tool', body: 'tool', mode: 0o755 },
		{ name: 'var/cache/.wh..wh..opq', body: '' },
		{ name: 'var/cache/b', body: 'b' },
		{ name: 'tmp/', flag: '5', mode: 0o1777 },
	]),
	tar([
		{ name: odd, body: 'not UTF-8' },
		{ name: 'short', pax: { path: long }, body: 'deep' },
		{ name: 'etc/kept', body: 'kept anew' },
		{ name: 'app/link', flag: '2', link: '../etc/kept' },
	]),
];

export const sampleConfig = {
	os: 'linux',
	architecture: 'amd64',
	created: '2026-01-02T03:04:05Z',
	config: {
		User: '1000:1000',
		Env: ['PATH=/usr/bin', 'EMPTY='],
		Entrypoint: ['/usr/bin/tool'],
		Cmd: ['--serve'],
		WorkingDir: '/app',
		Labels: { ['__proto__']: 'none', maintainer: 'somebody' },
		ExposedPorts: { '8080/tcp': {} },
		Healthcheck: { Test: ['CMD', '/usr/bin/tool', '--ping'] },
	},
	history: [
		{ created_by: 'ADD base' },
		{ created_by: 'ENV EMPTY=', empty_layer: true },
		{ created_by: 'RUN clean' },
		{ created_by: 'COPY app' },
	],
};

/** The merged tree, a line for each name: type, mode, size, path, target or text; then the names that are one file. */
export const sampleTree: readonly string[] = [
	'directory 755 /app',
	'symlink 777 /app/link -> ../etc/kept',
	'symlink 777 /bin -> usr/bin',
	`file 644 /${odd} "not UTF-8"`,
	'directory 755 /etc',
	'file 644 /etc/kept "kept anew"',
	'directory 1777 /tmp',
	'directory 755 /usr',
	'directory 755 /usr/bin',
	'file 755 /usr/bin/busy "#!/bin/sh\n"',
	'file 755 /usr/bin/sh "#!/bin/sh\n"',
	'file 4755 /usr/bin/su "su"',
	'file 755 /usr/bin/tool "tool"',
	'directory 755 /usr/share',
	...Array.from({ length: 12 }, (_, i) => `directory 755 /usr/share/${'a-long-name/'.repeat(i + 1).slice(0, -1)}`),
	`file 644 /${long} "deep"`,
	'directory 755 /var',
	'directory 700 /var/cache',
	'file 644 /var/cache/b "b"',
	'one file: /usr/bin/busy /usr/bin/sh',
];

/** The merged tree as an unpacking tool would leave it on a disk. */
export function unpackSample(directory: string): void {
	const native = (path: string): Buffer => Buffer.from(encodePath(`${directory}${path}`));
	for (const line of sampleTree) {
		const [, type, mode = '', rest = ''] = /^(file|directory|symlink) ([0-7]+) (.*)$/s.exec(line) ?? [];
		if (type === undefined) continue;
		const [path = '', target = ''] = rest.split(type === 'symlink' ? ' -> ' : ' "');
		if (type === 'symlink') symlinkSync(target, native(path));
		else if (type === 'directory') mkdirSync(native(path));
		else if (path === '/usr/bin/sh') linkSync(native('/usr/bin/busy'), native(path));
		else writeFileSync(native(path), target.slice(0, -1));
		if (type !== 'symlink') chmodSync(native(path), Number.parseInt(mode, 8));
	}
}

/** A tree in the words of `sampleTree`. */
export async function treeLines(rootfs: Rootfs): Promise<readonly string[]> {
	const lines: string[] = [];
	const names = new Map<number, string[]>();
	for (const entry of rootfs.entries()) {
		const body = entry.type === 'file' ? await rootfs.read(entry.path) : undefined;
		const shown = body === undefined ? '' : ` "${decodePath(body)}"`;
		const target = entry.target === undefined ? '' : ` -> ${entry.target}`;
		lines.push(`${entry.type} ${entry.mode.toString(8)} ${entry.path}${target}${shown}`);
		if (entry.type === 'file') names.set(entry.inode, [...(names.get(entry.inode) ?? []), entry.path]);
	}
	for (const group of names.values()) if (group.length > 1) lines.push(`one file: ${group.join(' ')}`);
	return lines;
}
