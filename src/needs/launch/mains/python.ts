import { access } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, failing, type Place, runs, unknown, withoutProgram } from '../course.ts';
import { baseName, type Main, type Program } from './main.ts';

/** Python: is the script or the module of `-m` there? */
export const python: Main = {
	answers: ({ argv, path, real }) => [argv[0] ?? '', path, real].some((name) => /^(python|pypy)(3(\.\d+)?)?$/.test(baseName(name))),
	async follow(program) {
		const words = program.argv.slice(1);
		for (let i = 0; i < words.length; i++) {
			const word = words[i] as string;
			if (word === '-' || /^-[a-zA-Z]*c/.test(word)) return [runs(program.argv)];
			const module = /^-[a-zA-Z]*m(.*)$/s.exec(word)?.[1];
			if (module !== undefined) return [moduleCourse(module === '' ? (words[i + 1] ?? '') : module, program)];
			if (!word.startsWith('-')) return [scriptCourse(word, program)];
			if (word === '-W' || word === '-X' || word === '--check-hash-based-pycs') i++;
		}
		return [withoutProgram(program.argv)];
	},
};

function scriptCourse(script: string, { argv, place, because }: Program): Course {
	const path = absolutePath(script, place.workingDir);
	const reached = access(place.rootfs, path, place.who, 'read');
	if (reached.answer === 'yes') return runs(argv);
	if (reached.answer === 'no-entry' && place.mayBeThere(path)) return unknown(`${path} is not here`, [], because);
	const [number, why] = reached.answer === 'denied' ? [13, 'Permission denied'] : [2, 'No such file or directory'];
	const message = `${argv[0]}: can't open file '${path}': [Errno ${number}] ${why}`;
	return failing({ kind: reached.answer === 'denied' ? 'permission' : 'module', message, missing: path, places: [path], because });
}

function moduleCourse(module: string, { argv, place, because }: Program): Course {
	const parts = module.split('.').join('/');
	const found = searchPath(place, argv[0] ?? '').some((directory) =>
		[`${parts}.py`, `${parts}/__main__.py`, `${parts}/__init__.py`].some(
			(name) => place.rootfs.resolve(absolutePath(name, directory)) !== undefined,
		),
	);
	return found ? runs(argv) : unknown(`the Python module ${module} was not found in the usual places`, [], because);
}

function searchPath({ rootfs, env, workingDir }: Place, interpreter: string): readonly string[] {
	const extra = env.findLast(({ name }) => name === 'PYTHONPATH')?.value.split(':') ?? [];
	const home = env.findLast(({ name }) => name === 'VIRTUAL_ENV')?.value;
	const prefix = interpreter.includes('/bin/') ? [interpreter.slice(0, interpreter.lastIndexOf('/bin/'))] : [];
	const libraries = ['/usr', '/usr/local', ...prefix, ...(home === undefined ? [] : [home])].flatMap((root) => {
		const lib = rootfs.resolve(`${root}/lib`)?.path;
		const versions = lib === undefined ? [] : rootfs.list(lib).filter((name) => /^python3/.test(name));
		return versions.flatMap((name) => ['', '/site-packages', '/dist-packages'].map((end) => `${lib}/${name}${end}`));
	});
	return [workingDir, ...extra.map((path) => absolutePath(path, workingDir)), ...libraries];
}
