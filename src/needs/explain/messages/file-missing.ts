import { absolutePath, baseName } from '../../application/stage-tree.ts';
import { placeOf } from '../../launch/place.ts';
import { deepest, elsewhere, listed } from '../elsewhere.ts';
import { type Cause, holds, isNot, type MessageKind, open, type Scene } from '../message-kind.ts';
import { hintFor } from '../program-hint.ts';
import { startCauses } from '../start-causes.ts';

const forms: readonly RegExp[] = [
	/ENOENT: no such file or directory, \w{1,20} '([^']{1,500})'/,
	/\[Errno 2\] No such file or directory: '([^']{1,500})'/,
	/\b(?:open|stat|lstat|read|chdir) ([^\s:'"]{1,500}): no such file or directory/,
	/(?:FileNotFoundException|NoSuchFileException): ([^\s:(]{1,500})/,
	/No such file or directory @ \w{1,40} - ([^\s]{1,500})/,
	/can't open file '([^']{1,500})': \[Errno 2\]/,
	/cannot (?:open|access|stat) ['‘]?([^'’:]{1,500})['’]?: No such file/i,
	/Unable to access jarfile ([^\s]{1,500})/,
	/Could not open input file: ([^\s]{1,500})/,
];

/** ENOENT of a file that is opened, or of a program that Python starts. */
export const fileMissing: MessageKind = {
	kind: 'file-missing',
	seen: "`ENOENT: no such file or directory, open '/x'`, `FileNotFoundError`",
	looks: 'the path, and where a file of that name is',
	read(line) {
		const name = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (name === undefined) return undefined;
		return {
			what: `the program opens or starts ${name}, and it is not there`,
			possible: [
				{ what: `${name} was not copied into the image, or belongs to a package that the base does not have` },
				{ what: 'it is looked for in another directory than where it is (WORKDIR)' },
			],
			look: (scene) => lookFor(scene, name),
		};
	},
};

async function lookFor(scene: Scene, name: string): Promise<readonly Cause[]> {
	const { place } = await placeOf(scene.application, scene.standing);
	const path = absolutePath(name, place.workingDir);
	const entry = place.rootfs.resolve(path);
	if (entry !== undefined) {
		const causes =
			(entry.mode & 0o111) === 0 || entry.type === 'directory'
				? []
				: (await startCauses(scene, path)).filter(({ answer }) => answer === 'holds');
		return causes.length > 0
			? causes
			: [
					isNot(`${path} is not in the image`, [{ path, shows: 'is there' }]),
					open('a volume hides it, or the process has another working directory'),
				];
	}
	const others = elsewhere(place.rootfs, (other) => other === baseName(path));
	const because = [
		{ path: deepest(place.rootfs, path), shows: `is the last directory on the way to ${path} that is there` },
		...listed(others, 'has that name'),
	];
	const hint =
		others[0] !== undefined
			? `it lies at ${others[0].path}: mend the path or WORKDIR`
			: /\/s?bin\//.test(path) || !name.includes('/')
				? hintFor(name)
				: 'copy it from a stage that has it, or take a base with the package that it belongs to';
	return [holds(`${path} is not in the image`, because, hint)];
}
