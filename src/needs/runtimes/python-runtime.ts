import { root } from '../../formats/access.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { baseName } from '../application/stage-tree.ts';
import { lookUp, resolveProgram } from '../launch/resolve-program.ts';

/** The interpreter of Python that would run on a base. */
export interface PythonRuntime {
	/** As it was started, links not resolved: decides about a virtual environment. */
	readonly path: string;
	readonly real: string;
	/** CPython's minor version: 11 of 3.11. Undefined when it cannot be told. */
	readonly minor?: number;
	/** Directory of the standard library, with os.py in it. */
	readonly library?: string;
	/** `cpython-311-x86_64-linux-gnu`: the tag of extension modules; undefined when no extension module shows it. */
	readonly tag?: string;
	/** The virtual environment that it was started in. */
	readonly environment?: string;
	readonly because: Evidence;
}

/** The interpreter that the start command comes to, else the first of `names` that is found. */
export function pythonRuntime(standing: Standing, names: readonly string[]): PythonRuntime | undefined {
	const { config, combined } = standing;
	const started = resolveProgram([...config.entrypoint, ...config.command], config, combined);
	const last = started.failure === undefined ? started.chain.at(-1) : undefined;
	if (last !== undefined && /^(python|pypy)/.test(baseName(last.real))) return runtimeAt(combined, last.path, last.real);
	for (const name of names) {
		const found = lookUp(name, { config, rootfs: combined, who: root });
		if ('entry' in found && combined.elf(found.entry.path) !== undefined) return runtimeAt(combined, found.path, found.entry.path);
	}
	return undefined;
}

function runtimeAt(rootfs: Rootfs, path: string, real: string): PythonRuntime {
	const minor = minorOf(rootfs, real);
	const prefix = real.replace(/\/[^/]*\/[^/]*$/, '');
	const library = minor === undefined ? undefined : libraryOf(rootfs, [prefix, '/usr', '/usr/local'], minor);
	const tag = library === undefined ? undefined : tagOf(rootfs, library);
	const environment = environmentOf(rootfs, path);
	return {
		path,
		real,
		because: { path: real, shows: minor === undefined ? 'Python of a version that it does not show' : `Python 3.${minor}` },
		...(minor === undefined ? {} : { minor }),
		...(library === undefined ? {} : { library }),
		...(tag === undefined ? {} : { tag }),
		...(environment === undefined ? {} : { environment }),
	};
}

/** Told by the name of the program (`python3.11`), of its library, or by the only standard library beside it. */
function minorOf(rootfs: Rootfs, real: string): number | undefined {
	const named = /^python3\.(\d{1,2})/.exec(baseName(real))?.[1];
	const linked = rootfs
		.elf(real)
		?.needed.map((name) => /^libpython3\.(\d{1,2})/.exec(name)?.[1])
		.find((minor) => minor !== undefined);
	const prefix = real.replace(/\/[^/]*\/[^/]*$/, '');
	const beside = rootfs.list(rootfs.resolve(`${prefix}/lib`)?.path ?? '').flatMap((name) => /^python3\.(\d{1,2})$/.exec(name)?.[1] ?? []);
	const told = named ?? linked ?? (beside.length === 1 ? beside[0] : undefined);
	return told === undefined ? undefined : Number(told);
}

/** getpath.py: `lib/python3.N/os.py` is the landmark of a prefix. */
function libraryOf(rootfs: Rootfs, prefixes: readonly string[], minor: number): string | undefined {
	for (const prefix of prefixes)
		for (const lib of ['lib', 'lib64']) {
			const directory = `${prefix}/${lib}/python3.${minor}`;
			if (rootfs.resolve(`${directory}/os.py`) ?? rootfs.resolve(`${directory}/os.pyc`)) return rootfs.resolve(directory)?.path;
		}
	return undefined;
}

/** The end that the extension modules of the standard library share. */
function tagOf(rootfs: Rootfs, library: string): string | undefined {
	const directory = rootfs.resolve(`${library}/lib-dynload`)?.path ?? '';
	return rootfs
		.list(directory)
		.map((name) => /\.(cpython-\d+[a-z]*-[\w-]+)\.so$/.exec(name)?.[1])
		.find((tag) => tag !== undefined);
}

/** `pyvenv.cfg` beside or above the program as it was started (site.py, venv). */
function environmentOf(rootfs: Rootfs, path: string): string | undefined {
	const directory = path.replace(/\/[^/]*$/, '');
	const above = directory.replace(/\/[^/]*$/, '');
	return [above, directory].find((place) => place !== '' && rootfs.resolve(`${place}/pyvenv.cfg`)?.type === 'file');
}

/** Directories that `import` looks in besides the program's own: the standard library and installed packages. */
export interface PythonPath {
	readonly standard: readonly string[];
	readonly sites: readonly string[];
}

/**
 * site.py of CPython; Debian's names its directories `dist-packages` and shares one between minor versions. `siteText` is
 * the text of site.py, which tells one from the other.
 */
export function pythonPath(rootfs: Rootfs, runtime: PythonRuntime, siteText: string | undefined, variable: string | undefined): PythonPath {
	const { library, minor, environment } = runtime;
	if (library === undefined || minor === undefined) return { standard: [], sites: [] };
	const prefix = library.replace(/\/lib(64)?\/python3\.\d+$/, '');
	const debian =
		siteText === undefined
			? rootfs.resolve('/usr/lib/python3/dist-packages') !== undefined && prefix === '/usr'
			: siteText.includes('dist-packages');
	const system = debian
		? [`/usr/local/lib/python3.${minor}/dist-packages`, '/usr/lib/python3/dist-packages', `/usr/lib/python3.${minor}/dist-packages`]
		: [`${prefix}/lib/python3.${minor}/site-packages`, `${prefix}/lib64/python3.${minor}/site-packages`];
	const own =
		environment === undefined
			? system
			: [`${environment}/lib/python3.${minor}/site-packages`, `${environment}/lib64/python3.${minor}/site-packages`];
	const named = (variable ?? '').split(':', 50).filter((part) => part.startsWith('/'));
	return { standard: [library, `${library}/lib-dynload`], sites: [...named, ...own] };
}
