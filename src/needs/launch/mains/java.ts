import { access } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { failing, runs, unknown } from '../course.ts';
import { baseName, type Main } from './main.ts';

/** `java -jar FILE`: is the file there? Classes on a class path are not looked for. */
export const java: Main = {
	answers: ({ argv, path }) => [argv[0] ?? '', path].some((name) => baseName(name) === 'java'),
	async follow({ argv, place, because }) {
		const jar = argv[argv.indexOf('-jar') + 1];
		if (!argv.includes('-jar') || jar === undefined) return [runs(argv)];
		const path = absolutePath(jar, place.workingDir);
		const reached = access(place.rootfs, path, place.who, 'read');
		if (reached.answer === 'yes') return [runs(argv)];
		if (reached.answer === 'no-entry' && place.mayBeThere(path)) return [unknown(`${path} is not here`, [], because)];
		return [failing({ kind: 'module', message: `Error: Unable to access jarfile ${jar}`, missing: path, places: [path], because })];
	},
};
