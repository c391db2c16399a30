import { access } from '../../../formats/access.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, failing, type Place, runs, unknown, withoutProgram } from '../course.ts';
import { baseName, type Main, type Program } from './main.ts';

/** Options whose value is the next word (Node.js documentation, "Command-line API"). */
const withValue = new Set(
	'-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists --title --input-type --icu-data-dir --openssl-config --redirect-warnings --diagnostic-dir --watch-path --experimental-default-type --test-name-pattern --test-reporter --test-reporter-destination'.split(
		' ',
	),
);
/** With these there is no main module. */
const withoutMain = /^(-e|--eval|-p|--print|-pe|-h|--help|-v|--version|--run|--test|-i|--interactive|--v8-options|--completion-bash)(=|$)/;

/** Node.js and what calls itself so: is the main module there, and what is loaded before it? */
export const node: Main = {
	answers: ({ argv, path, real }) => [argv[0] ?? '', path, real].some((name) => /^(node(js)?(-?\d+)?|bun)$/.test(baseName(name))),
	async follow(program) {
		const { argv, place, real } = program;
		const bun = baseName(argv[0] ?? '') === 'bun';
		const other = baseName(real) === 'bun';
		const { preloads, main } = readArguments(argv.slice(1), place, other);
		for (const preload of preloads) {
			const course = await preloaded(preload, program);
			if (course) return [course];
		}
		if (main === undefined) return [withoutProgram(argv)];
		if (main === '-' || main === 'inspect') return [runs(argv)];
		return [await mainModule(bun && main === 'run' ? (argv.at(-1) ?? '') : main, program, bun)];
	},
};

/** Bun reads no NODE_OPTIONS. */
function readArguments(
	words: readonly string[],
	place: Place,
	bun: boolean,
): { readonly preloads: readonly string[]; readonly main?: string } {
	const options = (bun ? '' : (place.env.findLast(({ name }) => name === 'NODE_OPTIONS')?.value ?? ''))
		.split(/\s+/)
		.filter((word) => word !== '');
	const preloads: string[] = [];
	const take = (list: readonly string[]): string | undefined => {
		for (let i = 0; i < list.length; i++) {
			const word = list[i] as string;
			if (word === '--') return list[i + 1];
			if (!word.startsWith('-') || word === '-') return word;
			if (withoutMain.test(word)) return '-';
			const [name = '', value] = word.split(/=(.*)/s);
			const given = value ?? (withValue.has(name) ? list[++i] : undefined);
			if (/^(-r|--require|--import)$/.test(name) && given !== undefined) preloads.push(given);
		}
		return undefined;
	};
	take(options);
	const main = take(words);
	return { preloads, ...(main === undefined ? {} : { main }) };
}

async function preloaded(name: string, { place, because }: Program): Promise<Course | undefined> {
	if (/^(node:|data:|file:)/.test(name)) return undefined;
	const paths = /^(\.{0,2}\/)/.test(name)
		? [absolutePath(name, place.workingDir)]
		: ancestors(place.workingDir).map((directory) => absolutePath(`node_modules/${name}`, directory));
	for (const path of paths) if ((await moduleFile(place.rootfs, path)) !== undefined) return undefined;
	// a package may map the name in its "exports"
	const packages = ancestors(place.workingDir).map((directory) => absolutePath(`node_modules/${packageOf(name)}`, directory));
	if (!name.startsWith('.') && packages.some((path) => place.rootfs.resolve(path) !== undefined)) return undefined;
	if (paths.some((path) => place.mayBeThere(path))) return unknown(`${name} is loaded first and is not here`, [], because);
	return failing({ kind: 'module', message: `Error: Cannot find module '${name}'`, missing: name, places: paths, because });
}

const packageOf = (name: string): string => (name.startsWith('@') ? name.split('/', 2).join('/') : (name.split('/', 1)[0] ?? name));

function ancestors(directory: string): readonly string[] {
	const parts = directory.split('/').filter((part) => part !== '');
	return Array.from({ length: Math.min(parts.length, 64) + 1 }, (_, n) => `/${parts.slice(0, parts.length - n).join('/')}`);
}

async function mainModule(main: string, { argv, place, because }: Program, bun: boolean): Promise<Course> {
	const path = absolutePath(main, place.workingDir);
	const file = await moduleFile(place.rootfs, path);
	if (file === undefined) {
		if (place.mayBeThere(path)) return unknown(`${path} is not here`, [], because);
		const message = bun ? `error: Module not found "${main}"` : `Error: Cannot find module '${path}'`;
		return failing({ kind: 'module', message, missing: path, places: [path], because });
	}
	const other = /\.(?:py|rb|php|pl|sh|bash|jar|class|lua|dll)$/.exec(file)?.[0];
	if (other !== undefined)
		return failing({
			kind: 'format',
			message: `${file}: a file that ends in ${other} is read as JavaScript`,
			missing: file,
			places: [file],
			because,
		});
	if (access(place.rootfs, file, place.who, 'read').answer === 'yes') return runs(argv);
	return failing({
		kind: 'permission',
		message: `Error: EACCES: permission denied, open '${file}'`,
		missing: file,
		places: [file],
		because,
	});
}

/** The file that Node loads for a path: itself, with an ending, or what a directory's package.json or index says. */
async function moduleFile(rootfs: Rootfs, path: string): Promise<string | undefined> {
	const isFile = (candidate: string): boolean => rootfs.resolve(candidate)?.type === 'file';
	const direct = [path, ...['.js', '.json', '.node'].map((end) => path + end)].find(isFile);
	if (direct !== undefined || rootfs.resolve(path)?.type !== 'directory') return direct;
	const main = await mainField(rootfs, `${path}/package.json`);
	const inner = main === undefined ? [] : [absolutePath(main, path)];
	return [
		...inner,
		...inner.map((p) => `${p}.js`),
		...inner.map((p) => `${p}/index.js`),
		...['index.js', 'index.json', 'index.node'].map((name) => absolutePath(name, path)),
	].find(isFile);
}

async function mainField(rootfs: Rootfs, path: string): Promise<string | undefined> {
	const parsed = await readJson(rootfs, path);
	return typeof parsed.get('main') === 'string' ? (parsed.get('main') as string) : undefined;
}

/** The fields of a JSON object in the image; none when it is not there or not one. */
export async function readJson(rootfs: Rootfs, path: string): Promise<ReadonlyMap<string, unknown>> {
	const body = await rootfs.read(path).catch(() => undefined);
	if (body === undefined) return new Map();
	try {
		const value: unknown = JSON.parse(
			Buffer.from(body)
				.toString('utf8')
				.replace(/^\ufeff/, ''),
		);
		return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
	} catch {
		return new Map();
	}
}
