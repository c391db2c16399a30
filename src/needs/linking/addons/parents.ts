import type { Application } from '../../../model/need.ts';
import { packageOf } from '../../source/javascript/module-graph.ts';
import { packageJson } from '../../source/javascript/resolve-module.ts';
import type { Source } from '../../source/read-source.ts';
import { variantOf } from './variant.ts';

type Json = Readonly<Record<string, unknown>>;

/** The package that chooses among others which are the same addon for different systems. */
export interface Parent {
	readonly directory: string;
	readonly name: string;
	/** `linux-x64` means glibc where there is a `linuxmusl-x64` too. */
	readonly libc: 'glibc' | undefined;
}

const nameOf = (directory: string): string => directory.slice(directory.lastIndexOf('/node_modules/') + 14);

/** By directory of a package for one system: the loaded package that lists it among its optional dependencies. */
export async function parentsOf(application: Application, source: Source, paths: readonly string[]): Promise<ReadonlyMap<string, Parent>> {
	const directories = new Set(paths.map(packageOf).filter((directory) => directory !== undefined));
	const wanted = new Map([...directories].filter((directory) => isForOneSystem(nameOf(directory))).map((d) => [nameOf(d), d]));
	const parents = new Map<string, Parent>();
	if (wanted.size === 0) return parents;
	const space = { files: application.files, source: source.files };
	const places = [...source.javascript.graph.packages.keys(), ...guessedParents(application, wanted)];
	for (const place of new Set(places)) {
		const own = await packageJson(space, place);
		const listed = namesIn(own['optionalDependencies']).concat(namesIn(own['dependencies']));
		for (const name of listed) {
			const directory = wanted.get(name);
			if (directory === undefined || directory === place || parents.has(directory)) continue;
			parents.set(directory, { directory: place, name: nameOf(place), libc: besideMusl(name, listed) ? 'glibc' : undefined });
		}
	}
	return parents;
}

function isForOneSystem(name: string): boolean {
	return variantOf(name).stem !== name;
}

/** Packages whose name is the beginning of another: they are asked even when nothing was seen to load them. */
function guessedParents({ files }: Application, wanted: ReadonlyMap<string, string>): readonly string[] {
	return [...wanted.values()].flatMap((directory) => {
		const root = directory.slice(0, directory.lastIndexOf('/node_modules/') + 14);
		const parts = nameOf(directory).split('-');
		const shorter = parts.slice(1).map((_, i) => `${root}${parts.slice(0, i + 1).join('-')}`);
		const scoped = nameOf(directory).startsWith('@') ? [`${root}${nameOf(directory).slice(1).split('/')[0] ?? ''}`] : [];
		return [...shorter, ...scoped, `${root}${(nameOf(directory).split('/')[1] ?? '').split('-')[0] ?? ''}`].filter(
			(place) => files.resolve(`${place}/package.json`) !== undefined,
		);
	});
}

export function namesIn(dependencies: unknown): readonly string[] {
	return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}

function besideMusl(name: string, listed: readonly string[]): boolean {
	if (!/(^|[-/])linux-/.test(name) || variantOf(name).libc !== undefined) return false;
	return [name.replace(/linux-/, 'linuxmusl-'), `${name}-musl`, name.replace(/linux-/, 'linux-musl-')].some((musl) =>
		listed.includes(musl),
	);
}

/** npm's `libc` field. */
export function declaredLibc(own: Json): 'glibc' | 'musl' | undefined {
	const field = own['libc'];
	const list: readonly unknown[] = Array.isArray(field) ? field : [field];
	const named = list.filter((libc) => libc === 'glibc' || libc === 'musl');
	return named.length === 1 ? named[0] : undefined;
}
