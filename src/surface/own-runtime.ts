import type { ImageConfig } from '../model/image.ts';
import type { Item } from '../model/surface.ts';
import type { Scene } from './metric.ts';
import type { Program } from './program.ts';

const mostWords = 64;

/**
 * The language that the image's command is written in, by `Entry.inode`: it cannot be taken away without the application.
 * Entry point and command are read word by word, into scripts and the text after `sh -c`; shells are not followed further,
 * they can be replaced by another form of the command.
 */
export function ownRuntime(scene: Scene, interpreters: readonly Item[]): ReadonlySet<number> {
	const many = new Set(scene.programs.filter((p) => p.is.some((i) => i.kind === 'many-in-one')).map((p) => p.entry.inode));
	const languages = new Set(interpreters.flatMap((item) => inodeOf(scene, item)).filter((inode) => !many.has(inode)));
	const programs = new Map(scene.programs.map((program) => [program.entry.inode, program]));
	const found = new Set<number>();
	for (const word of words(scene.config)) {
		const inode = lookUp(scene, word);
		const told = inode === undefined ? undefined : languageOf(scene, inode, languages, programs);
		if (told !== undefined) found.add(told);
	}
	return found;
}

function inodeOf(scene: Scene, { path }: Item): readonly number[] {
	const entry = path === undefined ? undefined : scene.rootfs.resolve(path);
	return entry === undefined ? [] : [entry.inode];
}

function words({ entrypoint, command }: ImageConfig): readonly string[] {
	return [...entrypoint, ...command].flatMap((word) => word.split(/[\s;&|()'"]+/)).slice(0, mostWords);
}

function languageOf(
	scene: Scene,
	inode: number,
	languages: ReadonlySet<number>,
	programs: ReadonlyMap<number, Program>,
): number | undefined {
	if (languages.has(inode)) return inode;
	const interpreter = programs.get(inode)?.interpreter;
	const there = interpreter === undefined ? undefined : lookUp(scene, interpreter);
	return there !== undefined && languages.has(there) ? there : undefined;
}

function lookUp(scene: Scene, word: string): number | undefined {
	if (word === '' || word.startsWith('-')) return undefined;
	const places = word.includes('/')
		? [word.startsWith('/') ? word : `${scene.config.workingDir || '/'}/${word}`]
		: scene.path.map((d) => `${d}/${word}`);
	for (const place of places) {
		const entry = scene.rootfs.resolve(place);
		if (entry?.type === 'file' && (entry.mode & 0o111) !== 0) return entry.inode;
	}
	return undefined;
}
