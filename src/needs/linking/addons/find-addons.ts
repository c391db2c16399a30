import type { Application } from '../../../model/need.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { packageOf } from '../../source/javascript/module-graph.ts';
import { packageJson } from '../../source/javascript/resolve-module.ts';
import { readSource, type Source } from '../../source/read-source.ts';
import { absentAddons } from './absent.ts';
import type { AddonFile, AddonGroup } from './addon-group.ts';
import { readLoader } from './loader-text.ts';
import { nodeApiVersions } from './node-api.ts';
import { declaredLibc, type Parent, parentsOf } from './parents.ts';
import { variantOf } from './variant.ts';

/** Addons of one application that are looked at. */
const maxAddons = 2000;

/** A file with what is known of its place. */
interface Found {
	readonly file: AddonFile;
	/** Directory of the package that loads it; the directory of the file for the application's own. */
	readonly owner: string;
	readonly ownerName: string;
	/** Two files of one owner with the same stem are variants of one addon. */
	readonly stem: string;
	readonly elsewhere: boolean;
}

/** The native addons that the application brings, variants together, with how surely its source leads to them. */
export async function findAddons(application: Application): Promise<readonly AddonGroup[]> {
	const paths = addonPaths(application);
	const source = await readSource(application);
	const parents = await parentsOf(application, source, paths);
	const interfaces = await nodeApiVersions(application, paths);
	const found: Found[] = [];
	for (const path of paths) found.push(withInterface(await placeOf(application, source, path, parents), interfaces));
	const groups = new Map<string, Found[]>();
	for (const item of found) {
		if (item.elsewhere) continue;
		const key = `${item.owner}\0${item.stem}`;
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	const present = await Promise.all([...groups.values()].map((items) => groupOf(application, source, items)));
	return [...present, ...(await absentAddons(application, source, new Set(found.map(({ owner }) => owner))))];
}

function withInterface(found: Found, interfaces: ReadonlyMap<string, number>): Found {
	const nodeApiVersion = interfaces.get(found.file.path);
	return nodeApiVersion === undefined ? found : { ...found, file: { ...found.file, nodeApiVersion } };
}

/** ELF files that end in `.node`; what node-gyp leaves beside its result is not loaded. */
function addonPaths({ files }: Application): readonly string[] {
	const paths: string[] = [];
	for (const entry of files.entries()) {
		if (entry.content !== 'elf' || !entry.path.endsWith('.node') || entry.path.includes('/obj.target/')) continue;
		if (files.elf(entry.path)?.type === 'shared') paths.push(entry.path);
		if (paths.length >= maxAddons) break;
	}
	return paths;
}

async function placeOf(application: Application, source: Source, path: string, parents: ReadonlyMap<string, Parent>): Promise<Found> {
	const own = packageOf(path);
	const built = /\/build\/(Release|Debug|default)\//.test(path);
	if (own === undefined) {
		const file = { path, libc: variantOf(path.slice(path.lastIndexOf('/') + 1)).libc, built, ...moduleVersionIn(path) };
		return { file, owner: path.slice(0, path.lastIndexOf('/')), ownerName: path, stem: stemOf(path), elsewhere: variantOf(path).elsewhere };
	}
	const parent = parents.get(own);
	const inside = path.slice(own.length + 1);
	const name = own.slice(own.lastIndexOf('/node_modules/') + 14);
	const variant = variantOf(parent === undefined ? inside : `${name}/${inside}`);
	const space = { files: application.files, source: source.files };
	const libc = declaredLibc(await packageJson(space, own)) ?? variant.libc ?? parent?.libc;
	return {
		file: { path, libc, built, ...moduleVersionIn(inside) },
		owner: parent?.directory ?? own,
		ownerName: parent?.name ?? name,
		// what is built on the spot and what is prebuilt are one addon to node-gyp-build
		stem: /(^|\/)(prebuilds|build)\//.test(inside) && (await hasPrebuilds(application, own)) ? 'prebuilds' : stemOf(variant.stem),
		elsewhere: variant.elsewhere,
	};
}

/** `isolated-vm.abi137.musl.node`; what is tagged `napi` too is for any. */
function moduleVersionIn(path: string): Pick<AddonFile, 'moduleVersion'> {
	const name = path.slice(path.lastIndexOf('/') + 1);
	const version = /\.napi\./.test(name) ? undefined : /\.abi(\d{1,4})\./.exec(name)?.[1];
	return version === undefined ? {} : { moduleVersion: Number(version) };
}

function stemOf(stem: string): string {
	return stem.slice(stem.lastIndexOf('/') + 1);
}

async function hasPrebuilds({ files }: Application, directory: string): Promise<boolean> {
	return files.resolve(`${directory}/prebuilds`)?.type === 'directory';
}

async function groupOf(application: Application, source: Source, items: readonly Found[]): Promise<AddonGroup> {
	const { owner, ownerName } = items[0] as Found;
	const files = items.map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1));
	const loader = await readLoader(application, source, owner, files);
	const reached = certaintyOf(source, owner, files, loader.fallback);
	return {
		name: ownerName,
		certainty: reached.certainty,
		because: [{ path: files[0]?.path ?? owner, shows: reached.shows }],
		files,
		nodeGypBuild: items.some(({ stem }) => stem === 'prebuilds'),
		wasm: loader.wasm,
		refusal: loader.refusal,
	};
}

function certaintyOf(
	source: Source,
	owner: string,
	files: readonly AddonFile[],
	fallback: boolean,
): { readonly certainty: Certainty; readonly shows: string } {
	const { graph } = source.javascript;
	const direct = files.map(({ path }) => graph.addons.get(path)).find((certainty) => certainty !== undefined);
	const loaded = graph.packages.get(owner);
	const through = fallback ? 'possible' : loaded;
	if (packageOf(owner) === undefined && direct !== undefined) return { certainty: direct, shows: 'the source loads it by its path' };
	if (through !== undefined)
		return {
			certainty: through,
			shows: `native addon of a package that the source loads${fallback ? ', which has a substitute in JavaScript' : ''}`,
		};
	const unclear = graph.truncated || graph.modules.length === 0 || packageOf(owner) === undefined;
	return unclear
		? { certainty: 'likely', shows: 'the application brings it; what loads it was not seen' }
		: { certainty: 'possible', shows: 'nothing that was read loads it' };
}
