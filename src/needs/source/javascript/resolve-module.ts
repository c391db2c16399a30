import type { Rootfs } from '../../../model/rootfs.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import type { SourceFiles } from '../source-files.ts';

/** Where modules are looked for. */
export interface ModuleSpace {
	readonly files: Rootfs;
	readonly source: SourceFiles;
}

const extensions = ['', '.js', '.json', '.node', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts', '.jsx'];
const indexes = ['index.js', 'index.json', 'index.node', 'index.mjs', 'index.cjs', 'index.ts', 'index.tsx'];
/** TypeScript writes the name that the compiled file will have. */
const sourceOf = new Map([
	['.js', ['.ts', '.tsx']],
	['.mjs', ['.mts']],
	['.cjs', ['.cts']],
	['.jsx', ['.tsx']],
]);

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/**
 * The file that a specifier leads to (Node.js documentation, "CommonJS modules" and "ECMAScript modules", resolution
 * algorithms; the differences in file extensions are left aside). Undefined when there is none.
 */
export async function resolveModule(space: ModuleSpace, specifier: string, from: string, esm: boolean): Promise<string | undefined> {
	const conditions = ['node', esm ? 'import' : 'require', 'module-sync', 'bun', 'default'];
	if (specifier.startsWith('#')) return internal(space, specifier, from, conditions);
	if (/^(\.\.?(\/|$)|\/)/.test(specifier)) return asPath(space, absolutePath(withoutQuery(specifier), directoryOf(from)));
	const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
	for (let directory = directoryOf(from); ; directory = directoryOf(directory)) {
		const place = absolutePath(`node_modules/${name}`, directory);
		if (!directory.endsWith('/node_modules') && space.files.resolve(place)?.type === 'directory') {
			const found = await inPackage(space, place, rest, conditions);
			if (found !== undefined) return found;
		}
		if (directory === '/') return undefined;
	}
}

const withoutQuery = (specifier: string): string => specifier.replace(/[?#].*$/, '');

/** A file with one of the extensions, or a directory with its main file. Paths come back with links resolved. */
async function asPath(space: ModuleSpace, path: string): Promise<string | undefined> {
	const file = asFile(space, path);
	if (file !== undefined) return file;
	const directory = space.files.resolve(path);
	return directory?.type === 'directory' ? mainOf(space, directory.path) : undefined;
}

function asFile({ files }: ModuleSpace, path: string): string | undefined {
	for (const extension of extensions) {
		const entry = files.resolve(`${path}${extension}`);
		if (entry?.type === 'file') return entry.path;
	}
	const written = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
	for (const extension of sourceOf.get(written) ?? []) {
		const entry = files.resolve(`${path.slice(0, -written.length)}${extension}`);
		if (entry?.type === 'file') return entry.path;
	}
	return undefined;
}

async function mainOf(space: ModuleSpace, directory: string): Promise<string | undefined> {
	const { main } = await packageJson(space, directory);
	const named = typeof main === 'string' ? asFile(space, absolutePath(main, directory)) : undefined;
	if (named !== undefined) return named;
	const places = typeof main === 'string' ? [absolutePath(main, directory), directory] : [directory];
	for (const place of places)
		for (const index of indexes) {
			const entry = space.files.resolve(absolutePath(index, place));
			if (entry?.type === 'file') return entry.path;
		}
	return undefined;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** package.json of a directory; empty when there is none or it is broken. */
export async function packageJson({ source }: ModuleSpace, directory: string): Promise<Json> {
	const path = absolutePath('package.json', directory);
	const text = (await source.read([path])).get(path);
	try {
		const parsed: unknown = JSON.parse((text ?? '{}').replace(/^\ufeff/, ''));
		return isObject(parsed) ? parsed : {};
	} catch {
		return {};
	}
}

async function inPackage(space: ModuleSpace, place: string, rest: string, conditions: readonly string[]): Promise<string | undefined> {
	const directory = space.files.resolve(place)?.path ?? place;
	const { exports } = await packageJson(space, directory);
	if (exports !== undefined && exports !== null) {
		const target = exported(exports, rest === '' ? '.' : `./${rest}`, conditions);
		return target === undefined ? undefined : asFile(space, absolutePath(target, directory));
	}
	return rest === '' ? mainOf(space, directory) : asPath(space, absolutePath(rest, directory));
}

/** `imports` of the nearest package.json. */
async function internal(space: ModuleSpace, specifier: string, from: string, conditions: readonly string[]): Promise<string | undefined> {
	for (let directory = directoryOf(from); ; directory = directoryOf(directory)) {
		if (space.files.resolve(absolutePath('package.json', directory))?.type === 'file') {
			const { imports } = await packageJson(space, directory);
			const target = isObject(imports) ? matched(imports, specifier, conditions) : undefined;
			if (target === undefined) return undefined;
			return target.startsWith('.')
				? asFile(space, absolutePath(target, directory))
				: resolveModule(
						space,
						target.startsWith('#') ? '' : target,
						absolutePath('package.json', directory),
						conditions.includes('import'),
					);
		}
		if (directory === '/') return undefined;
	}
}

function exported(exports: unknown, subpath: string, conditions: readonly string[]): string | undefined {
	const paths = isObject(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
	if (!paths) return subpath === '.' ? targetOf(exports, conditions, 0) : undefined;
	return matched(exports as Json, subpath, conditions);
}

/** The entry of a map of subpaths, with one `*` where it has one. */
function matched(map: Json, subpath: string, conditions: readonly string[]): string | undefined {
	if (Object.hasOwn(map, subpath)) return targetOf(map[subpath], conditions, 0);
	const patterns = Object.keys(map)
		.filter((key) => key.includes('*') || key.endsWith('/'))
		.sort((a, b) => b.length - a.length);
	for (const key of patterns) {
		const star = key.includes('*') ? key.indexOf('*') : key.length;
		const tail = key.slice(star + 1);
		if (!subpath.startsWith(key.slice(0, star)) || !subpath.endsWith(tail) || subpath.length < key.length - 1) continue;
		const middle = subpath.slice(star, subpath.length - tail.length);
		const target = targetOf(map[key], conditions, 0);
		if (target !== undefined) return key.includes('*') ? target.replaceAll('*', () => middle) : `${target}${middle}`;
	}
	return undefined;
}

/** The first target whose condition holds. */
function targetOf(target: unknown, conditions: readonly string[], depth: number): string | undefined {
	if (typeof target === 'string') return target;
	if (depth > 16 || target === null || target === undefined) return undefined;
	const choices = Array.isArray(target)
		? target
		: isObject(target)
			? Object.keys(target)
					.filter((k) => conditions.includes(k))
					.map((k) => target[k])
			: [];
	for (const choice of choices) {
		const found = targetOf(choice, conditions, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}
