import type { BlindSpot } from '../model/package.ts';
import { quote } from '../model/quote.ts';
import type { Scene } from './metric.ts';

/** Problems of the tree that mean that entries are not in it. */
const lostEntries: ReadonlySet<string> = new Set([
	'unreadable-file',
	'unreadable-directory',
	'unknown-tar-type',
	'dangling-hardlink',
	'file-in-the-way',
	'path-escape',
	'root-not-a-directory',
]);
const allByFile = [
	'shells',
	'packageManagers',
	'utilities',
	'interpreters',
	'compilers',
	'setuid',
	'setgid',
	'worldWritable',
	'executables',
	'libraries',
	'files',
	'bytes',
];
const allByProgram = ['shells', 'utilities', 'interpreters'];

/** What hides part of the surface from us; see docs/methods/counting.md. */
export function findBlindSpots(scene: Scene): readonly BlindSpot[] {
	return [...lost(scene), ...withoutAttributes(scene), ...packed(scene), ...unlistedApplets(scene)];
}

function lost(scene: Scene): readonly BlindSpot[] {
	const problems = scene.rootfs.problems.filter((p) => lostEntries.has(p.code));
	const first = problems[0];
	if (first === undefined) return [];
	const message = `${problems.length} entries of the layers are not in the tree, the first at ${quote(first.where)}: ${quote(first.message)}`;
	return [{ code: 'lost-entries', hides: allByFile, message }];
}

function withoutAttributes(scene: Scene): readonly BlindSpot[] {
	const problem = scene.rootfs.problems.find((p) => p.code === 'attributes-not-read');
	return problem === undefined ? [] : [{ code: problem.code, hides: ['fileCapabilities'], message: problem.message }];
}

function packed(scene: Scene): readonly BlindSpot[] {
	const found = scene.programs.filter((p) => p.is.some((i) => i.kind === 'packed'));
	const first = found[0];
	if (first === undefined) return [];
	const message = `${found.length} programs are packed and unpack themselves only when started, the first is ${quote(first.entry.path)}`;
	return [{ code: 'packed-programs', hides: allByProgram, message }];
}

function unlistedApplets(scene: Scene): readonly BlindSpot[] {
	const found = scene.programs.filter((p) => p.is.some((i) => i.kind === 'many-in-one') && !scene.applets.has(p.entry.inode));
	const first = found[0];
	if (first === undefined) return [];
	const message = `${quote(first.entry.path)} is many programs in one, but the list of them cannot be read from its bytes`;
	return [{ code: 'unlisted-applets', hides: ['utilities'], message }];
}
