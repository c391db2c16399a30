import { parseShell } from '../../formats/shell/parse.ts';
import { commandsIn, literalOf, type Simple, type Word } from '../../formats/shell/syntax.ts';
import type { Problem } from '../../model/problem.ts';
import type { Owners } from './owner.ts';
import { absolutePath, put, type StageTree } from './stage-tree.ts';

export interface RunPlace {
	readonly tree: StageTree;
	readonly workingDir: string;
	readonly variables: ReadonlyMap<string, string>;
	readonly owners: Owners;
}

/** Commands that leave nothing behind that an application could need or miss. */
const harmless = new Set(
	'echo printf true : set cd export umask rm rmdir test [ [[ ls cat sleep exit unset local readonly date id whoami pwd env ldconfig sync find touch head tail grep command type which'.split(
		' ',
	),
);
/** Sub-commands of package managers that install nothing. */
const cleaning =
	/^(apt-get|apt|apk|yum|dnf|microdnf|npm|yarn|pnpm|pip|pip3) (-\w+ )*(update|clean|autoclean|autoremove|upgrade|cache|config|prune|test|purge|remove|--version)\b/;

/**
 * What a RUN does to the files, as far as it can be told without running it: directories, owners and modes are applied to
 * the tree, package and user commands are told, everything else is unseen.
 */
export function changesOfRun(text: string, place: RunPlace): readonly Problem[] {
	let commands: readonly Simple[];
	try {
		commands = [...commandsIn(parseShell(text))];
	} catch {
		return [unseen('unseen-run', '/', 'a RUN that cannot be read may change anything')];
	}
	const problems: Problem[] = [];
	let directory = place.workingDir;
	for (const command of commands) {
		const words = command.words.map((word) => wordOf(word, place.variables));
		const name = words[0]?.slice(words[0].lastIndexOf('/') + 1);
		if (name === undefined || words.includes(undefined)) {
			if (command.words.length > 0 && !(name !== undefined && harmless.has(name)))
				problems.push(unseen('unseen-run', '/', `the effect of ${name ?? 'a command'} is not known`));
		} else if (name === 'cd') directory = absolutePath(words[1] ?? '/', directory);
		else problems.push(...changesOf(name, words as string[], { ...place, workingDir: directory }));
		if (name === 'echo' || name === 'printf' || name === 'cat') problems.push(...written(command, directory, place));
	}
	return problems;
}

function unseen(code: string, where: string, message: string): Problem {
	return { code, where, message };
}

function wordOf(word: Word, variables: ReadonlyMap<string, string>): string | undefined {
	const literal = literalOf(word);
	if (literal !== undefined) return literal;
	const parts = word.parts.map((part) =>
		part.kind === 'text' ? part.text : part.kind === 'parameter' && part.operator === undefined ? variables.get(part.name) : undefined,
	);
	return parts.includes(undefined) ? undefined : parts.join('');
}

/** `echo … > FILE`: the file is there, its content is not known. */
function written(command: Simple, directory: string, { tree, variables }: RunPlace): readonly Problem[] {
	return command.redirections.flatMap(({ operator, target }) => {
		const path = wordOf(target, variables);
		if (!operator.startsWith('>') || operator === '>&' || path?.startsWith('/dev/')) return [];
		if (path === undefined) return [unseen('unseen-run', '/', 'a file is written there')];
		const absolute = absolutePath(path, directory);
		// text in a new file replaces nothing that was looked at
		const code = tree.has(absolute) || operator === '>>' ? 'unseen-run' : 'unseen-text';
		return [unseen(code, absolute, 'a file is written there')];
	});
}

function changesOf(name: string, words: readonly string[], place: RunPlace): readonly Problem[] {
	const line = [name, ...words.slice(1)].join(' ');
	const operands = words.slice(1).filter((word) => !word.startsWith('-'));
	const recursive = words.some((word) => /^-[a-z]*R|^--recursive$/i.test(word));
	switch (name) {
		case 'mkdir':
			for (const path of operands)
				put(place.tree, { path: absolutePath(path, place.workingDir), type: 'directory', mode: 0o755, uid: 0, gid: 0 });
			return [];
		case 'chown':
			changeEach(place, operands.slice(1), recursive, (entry) => ({
				...entry,
				...place.owners.of((operands[0] ?? '').replace(/[.:]$/, '')),
			}));
			return [];
		case 'chmod':
			return changeMode(place, operands, recursive);
		case 'ln':
			if (!words.some((word) => /^-[a-z]*s/.test(word)) || operands.length !== 2)
				return [unseen('unseen-run', '/', `the effect of ${line.slice(0, 60)} is not known`)];
			put(place.tree, { path: absolutePath(operands[1] ?? '', place.workingDir), type: 'symlink', target: operands[0] ?? '' });
			return [];
		case 'useradd':
		case 'adduser':
		case 'groupadd':
		case 'addgroup':
		case 'usermod':
			return [unseen('unseen-user', '/etc/passwd', `${line.slice(0, 80)} changes the users`)];
		case 'npm':
		case 'yarn':
		case 'pnpm':
			if (cleaning.test(line)) return [];
			return /^(npm (ci|i|install|clean-install|add)|yarn( install| add)?( -|$)|pnpm (i|install|add))/.test(line) &&
				!/(^| )(-g|--global)( |$)/.test(line)
				? [
						unseen(
							'unseen-node-modules',
							absolutePath('node_modules', place.workingDir),
							`${line.slice(0, 60)} installs packages that are not here`,
						),
					]
				: [unseen('unseen-run', /run|build/.test(line) ? place.workingDir : '/', `the effect of ${line.slice(0, 60)} is not known`)];
		case 'apt-get':
		case 'apt':
		case 'apk':
		case 'yum':
		case 'dnf':
		case 'microdnf':
			if (/^\S+ (-\S+ )*(install|add) /.test(line)) return [unseen('unseen-packages', '/', `${line.slice(0, 80)} installs packages`)];
			return cleaning.test(line) ? [] : [unseen('unseen-run', '/', `the effect of ${line.slice(0, 60)} is not known`)];
		default:
			if (/^\S+ (--version|-v|-V|--help)$/.test(line)) return [];
			return harmless.has(name) || cleaning.test(line)
				? []
				: [unseen('unseen-run', '/', `the effect of ${line.slice(0, 60)} is not known`)];
	}
}

type Change = (entry: { path: string; type: 'file' | 'directory'; mode?: number }) => object;

function changeEach(place: RunPlace, paths: readonly string[], recursive: boolean, change: Change): void {
	for (const path of paths.map((p) => absolutePath(p, place.workingDir)))
		for (const [name, entry] of place.tree)
			if (name === path || (recursive && name.startsWith(path === '/' ? '/' : `${path}/`)))
				place.tree.set(name, { ...entry, ...change(entry as Parameters<Change>[0]) });
}

function changeMode(place: RunPlace, [mode = '', ...paths]: readonly string[], recursive: boolean): readonly Problem[] {
	const octal = /^[0-7]{3,4}$/.test(mode) ? Number.parseInt(mode, 8) : undefined;
	const symbolic = /^([ugoa]*)\+([rwxX]+)$/.exec(mode);
	if (octal === undefined && !symbolic) return [unseen('unseen-run', '/', `the effect of chmod ${mode.slice(0, 40)} is not known`)];
	const bits = symbolic ? symbolicBits(symbolic[1] ?? '', symbolic[2] ?? '') : 0;
	changeEach(place, paths, recursive, (entry) => ({ mode: octal ?? (entry.mode ?? 0o644) | bits }));
	return [];
}

function symbolicBits(who: string, what: string): number {
	const bits = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (/x/i.test(what) ? 1 : 0);
	const all = who === '' || who.includes('a');
	return (all || who.includes('u') ? bits << 6 : 0) | (all || who.includes('g') ? bits << 3 : 0) | (all || who.includes('o') ? bits : 0);
}
