import { limits } from '../../model/limits.ts';
import type { Rootfs } from '../../model/rootfs.ts';

/** What musl's loader has compiled in or reads before it looks for the first library. */
export interface MuslSettings {
	readonly path: readonly string[];
	/** Names that it also answers with `64` at the end (musl 1.2.4 and later; before, they are symbols). */
	readonly largeFileNames: ReadonlySet<string>;
}

const loaderLimit = 16 * 1024 * 1024;
const defaultPath = '/lib:/usr/local/lib:/usr/lib';
const known = new WeakMap<Rootfs, Map<string, Promise<MuslSettings>>>();

export function muslSettings(rootfs: Rootfs, interpreter: string): Promise<MuslSettings> {
	const of = known.get(rootfs) ?? new Map<string, Promise<MuslSettings>>();
	known.set(rootfs, of);
	const settings = of.get(interpreter) ?? readSettings(rootfs, interpreter);
	of.set(interpreter, settings);
	return settings;
}

async function readSettings(rootfs: Rootfs, interpreter: string): Promise<MuslSettings> {
	const bodies = await rootfs.readMany([interpreter], { limit: loaderLimit });
	const text = Buffer.from(bodies.get(interpreter) ?? []).toString('latin1');
	const path = (await pathFile(rootfs, interpreter)) ?? compiledPath(text);
	return { path: path.split(/[:\n]+/).filter((directory) => directory !== ''), largeFileNames: largeFileNames(text) };
}

/** `PREFIX/etc/ld-musl-ARCH.path`, where PREFIX is two components above the loader. */
async function pathFile(rootfs: Rootfs, interpreter: string): Promise<string | undefined> {
	// libc6-compat of Alpine gives it the name of glibc's loader by a link
	const names = [interpreter, rootfs.resolve(interpreter)?.path ?? ''];
	const arch = names.map((name) => /\/ld-musl-([\w.-]+)\.so\.1$/.exec(name)?.[1]).find((found) => found !== undefined);
	if (arch === undefined) return undefined;
	const prefix = interpreter.split('/').slice(0, -2).join('/');
	const path = `${prefix}/etc/ld-musl-${arch}.path`;
	const entry = rootfs.resolve(path);
	if (entry?.type !== 'file' || entry.size > limits.metadata) return undefined;
	const body = await rootfs.read(path);
	return body === undefined ? undefined : Buffer.from(body).toString('latin1');
}

function compiledPath(loader: string): string {
	const lists = loader.matchAll(/\0(\/[\w./+-]{1,200}(?::\/[\w./+-]{1,200}){1,8})(?=\0)/g);
	// the search path of execvp has the same form
	return [...lists].map((match) => match[1] ?? '').find((list) => /^\/([\w./+-]+\/)?lib/.test(list)) ?? defaultPath;
}

/** The list in `get_lfs64` of ldso/dynlink.c: names ended by NUL, the list by an empty one. */
function largeFileNames(loader: string): ReadonlySet<string> {
	const start = loader.indexOf('aio_cancel\0aio_error\0');
	const end = start < 0 ? -1 : loader.indexOf('\0\0', start);
	return new Set(end < 0 || end - start > 4096 ? [] : loader.slice(start, end).split('\0'));
}
