import type { Rootfs } from '../../../model/rootfs.ts';
import { baseName } from '../../application/stage-tree.ts';
import { pythonRuntime } from '../../runtimes/python-runtime.ts';
import { type Cause, holds, type MessageKind, open, type Scene } from '../message-kind.ts';

const form = /(?:ModuleNotFoundError|ImportError): No module named ['"]?([\w.]{1,200})/;
const abi = /ImportError: cannot import name|ImportError: .{0,300}\.so: (?:wrong ELF class|invalid ELF header)/;

/** Python finds no module of a name. */
export const pythonModule: MessageKind = {
	kind: 'python-module',
	seen: '`ModuleNotFoundError: No module named`',
	looks: 'where it is installed, for which Python and platform',
	read(line) {
		const name = form.exec(line)?.[1];
		if (name === undefined && !abi.test(line)) return undefined;
		if (name === undefined) return undefined;
		return {
			what: `no directory of Python's sys.path has the module ${name}`,
			possible: [
				{ what: `${name} is not installed in the image` },
				{
					what: `${name} was installed for another minor version of Python, whose directory this one does not look into`,
					hint: 'install it with the Python of the base',
				},
				{ what: `an extension module of it was built for another Python or libc, and is passed over` },
			],
			look: async (scene) => lookFor(scene, name),
		};
	},
};

interface Found {
	readonly path: string;
	/** 11 of python3.11, where its directory says so. */
	readonly minor: number | undefined;
	/** The tag in the name of an extension module. */
	readonly tag: string | undefined;
}

function lookFor({ standing }: Scene, name: string): readonly Cause[] {
	const runtime = pythonRuntime(standing, ['python3', 'python']);
	const because = runtime === undefined ? [] : [runtime.because];
	const found = modulesNamed(standing.combined, name);
	if (found.length === 0)
		return [
			holds(
				`${name} is not in the image`,
				[...because, { path: '/', shows: `no file or package of the image is called ${name.split('.').at(-1)}` }],
				'install it in the build, and copy the directory that it was installed into',
			),
		];
	const evidence = [...because, ...found.map(({ path }) => ({ path, shows: 'is there' }))];
	const others = found.filter(({ minor }) => minor !== undefined && runtime?.minor !== undefined && minor !== runtime.minor);
	if (others.length === found.length)
		return [
			holds(
				`${name} was installed for Python 3.${others[0]?.minor}, and this image has Python 3.${runtime?.minor}`,
				evidence,
				'install it with the Python of the base, or take a base with that version',
			),
		];
	const tagged = found.filter(({ tag }) => tag !== undefined && runtime?.tag !== undefined && tag !== runtime.tag && !/^abi3/.test(tag));
	if (tagged.length === found.length)
		return [
			holds(
				`${name} is there, but built for ${tagged[0]?.tag}; this Python takes ${runtime?.tag}`,
				evidence,
				'install the wheel for the Python and the libc of the base',
			),
		];
	return [
		open(
			`${name} is in the image: whether Python looks there is decided by sys.path (PYTHONPATH, the virtual environment, the directory of the program)`,
			evidence,
		),
	];
}

function modulesNamed(rootfs: Rootfs, name: string): readonly Found[] {
	const last = name.split('.').at(-1) ?? name;
	const found: Found[] = [];
	for (const { path, type } of rootfs.entries()) {
		const file = baseName(path);
		const module =
			type === 'directory'
				? file === last && rootfs.resolve(`${path}/__init__.py`) !== undefined
				: file === `${last}.py` || (file.startsWith(`${last}.`) && file.endsWith('.so'));
		if (!module || found.length >= 5) continue;
		const minor = /\/python3\.(\d{1,2})\//.exec(path)?.[1];
		const tag = type === 'directory' ? undefined : /\.((?:cpython|abi3|pypy)[\w-]*)\.so$/.exec(file)?.[1];
		found.push({ path, minor: minor === undefined ? undefined : Number(minor), tag });
	}
	return found;
}
