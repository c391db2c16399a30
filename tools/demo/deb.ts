import { TarReader } from '../../src/formats/tar.ts';
import { start } from './run.ts';

/** One name to be put into a layer. `path` is absolute; `link` is the target of a link as written (hard links: absolute). */
export interface Member {
	readonly path: string;
	readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
	readonly mode: number;
	readonly uid?: number;
	readonly gid?: number;
	readonly link?: string;
	readonly body?: Uint8Array;
}

/** A Debian package taken apart; its maintainer scripts are neither kept nor run. */
export interface Deb {
	/** The control paragraph, ending in a line feed. */
	readonly control: string;
	readonly name: string;
	/** As in the control part; empty when it has none. */
	readonly md5sums: string;
	readonly members: readonly Member[];
}

/** Reads packages one after the other; the next one is decompressed while the caller is busy with this one. */
export async function* readDebs(paths: readonly string[]): AsyncGenerator<Deb> {
	let next = paths[0] === undefined ? undefined : readDeb(paths[0]);
	for (let index = 0; next !== undefined; index += 1) {
		const deb: Deb = await next;
		const following = paths[index + 1];
		next = following === undefined ? undefined : readDeb(following);
		next?.catch(() => {}); // told when its turn comes
		yield deb;
	}
}

/** dpkg-deb takes the package apart, whatever its compression (deb(5)). */
export async function readDeb(path: string): Promise<Deb> {
	const doing = `read ${path}`;
	const parts = ['--ctrl-tarfile', '--fsys-tarfile'].map((part) => start('dpkg-deb', [part, path], { doing }));
	const [control = [], members = []] = (await Promise.all(parts)).map(readTar);
	const text = (name: string): string => Buffer.from(control.find((one) => one.path === `/${name}`)?.body ?? []).toString();
	const paragraph = `${text('control').trim()}\n`;
	return { control: paragraph, name: field(paragraph, 'Package'), md5sums: text('md5sums'), members };
}

export function field(paragraph: string, name: string): string {
	return new RegExp(`^${name}: *(.*)$`, 'm').exec(paragraph)?.[1] ?? '';
}

/** All members of an archive with their bodies; devices and fifos, which no package has, are left out. */
export function readTar(bytes: Uint8Array): Member[] {
	const members: Member[] = [];
	let body: Buffer | undefined;
	const reader = new TarReader({
		entry({ name, type, mode, uid, gid, link, size }) {
			if (type !== 'file' && type !== 'directory' && type !== 'symlink' && type !== 'hardlink') return false;
			body = type === 'file' ? Buffer.alloc(size) : undefined;
			const target = type === 'hardlink' ? { link: absolute(link) } : type === 'symlink' ? { link } : {};
			members.push({ path: absolute(name), type, mode, uid, gid, ...target, ...(body === undefined ? {} : { body }) });
			return type === 'file' && size > 0;
		},
		body: (chunk, position) => body?.set(chunk, position),
		finish() {},
	});
	reader.push(bytes);
	reader.end();
	return members;
}

function absolute(name: string): string {
	return `/${name
		.split('/')
		.filter((part) => part !== '' && part !== '.')
		.join('/')}`;
}
