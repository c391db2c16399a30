import { access } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, failing, runs, unknown } from '../course.ts';
import { baseName, type Main } from './main.ts';

/** Interpreters that are given a file: the options that end the search, and what they say of a file that is not there. */
const interpreters: readonly { readonly names: RegExp; readonly inline: RegExp; readonly message: (file: string) => string }[] = [
	{ names: /^ruby(\d\.\d)?$/, inline: /^-e/, message: (file) => `ruby: No such file or directory -- ${file} (LoadError)` },
	{ names: /^php(\d(\.\d)?)?$/, inline: /^-(r|S|B|R)/, message: (file) => `Could not open input file: ${file}` },
	{ names: /^perl$/, inline: /^-[a-zA-Z]*[eE]/, message: (file) => `Can't open perl script "${file}": No such file or directory` },
	{ names: /^dotnet$/, inline: /^$/, message: (file) => `The application to execute does not exist: '${file}'` },
];

export const scriptFile: Main = {
	answers: ({ argv }) => interpreters.some(({ names }) => names.test(baseName(argv[0] ?? ''))),
	async follow({ argv, place, because }): Promise<readonly Course[]> {
		const form = interpreters.find(({ names }) => names.test(baseName(argv[0] ?? '')));
		const words = argv.slice(1);
		const file = words.find((word) => !word.startsWith('-'));
		const first = words.findIndex((word) => form?.inline.test(word));
		// an option with a value of its own could be mistaken for the file
		if (file === undefined || first >= 0) return [runs(argv)];
		const path = absolutePath(file, place.workingDir);
		if (access(place.rootfs, path, place.who, 'read').answer === 'yes') return [runs(argv)];
		const certain = words[0] === file && /\.(rb|php|pl|dll)$/.test(file) && !place.mayBeThere(path);
		if (!certain) return [unknown(`${path} is not here`, [], because)];
		return [failing({ kind: 'module', message: form?.message(file) ?? '', missing: path, places: [path], because })];
	},
};
