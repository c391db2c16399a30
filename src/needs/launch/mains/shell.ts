import { access } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, failing, unknown, unknownWord, withoutProgram } from '../course.ts';
import { isBusybox } from '../resolve-program.ts';
import { runScript } from '../shell/run-script.ts';
import type { Dialect, Script } from '../shell/state.ts';
import { baseName, type Main, type Program } from './main.ts';

const names = /^(sh|bash|dash|ash|ksh|mksh|zsh)$/;
/** A longer script is not followed. */
const maxBytes = 256 * 1024;
/** Commands of one script that are followed over all its ways. */
const maxSteps = 5000;

/** A POSIX shell with `-c`, a script or nothing; also `busybox sh`. */
export const shell: Main = {
	answers: ({ argv, path }) =>
		names.test(baseName(argv[0] ?? '')) || names.test(baseName(path)) || (isBusyboxCall(argv) && names.test(argv[1] ?? '')),
	async follow(program) {
		const words = isBusyboxCall(program.argv) ? program.argv.slice(1) : program.argv;
		const { command, operands, errexit } = readOptions(words.slice(1));
		if (command) {
			const [text, zero, ...parameters] = operands;
			if (text === undefined || text.includes(unknownWord)) return [unknown('the command that the shell is given is not known')];
			return runText(program, text, '-c', parameters, zero ?? words[0] ?? 'sh', errexit);
		}
		const [file, ...parameters] = operands;
		// without a terminal it reads nothing and ends
		if (file === undefined) return [withoutProgram(words)];
		return runFile(program, words[0] ?? 'sh', file, parameters, errexit);
	},
};

const isBusyboxCall = (argv: readonly string[]): boolean => /^busybox/.test(baseName(argv[0] ?? ''));

function readOptions(words: readonly string[]): {
	readonly command: boolean;
	readonly operands: readonly string[];
	readonly errexit: boolean;
} {
	let command = false;
	let errexit = false;
	let index = 0;
	for (; index < words.length; index++) {
		const word = words[index] as string;
		if (word === '--' || word === '-') {
			index++;
			break;
		}
		if (!/^[-+]./.test(word)) break;
		if (word.startsWith('--')) continue;
		if (word.includes('c')) command = true;
		if (word.startsWith('-') && word.includes('e')) errexit = true;
		if (word.endsWith('o') || word.endsWith('O')) index++;
	}
	return { command, operands: words.slice(index), errexit };
}

async function runFile(
	program: Program,
	name: string,
	file: string,
	parameters: readonly string[],
	errexit: boolean,
): Promise<readonly Course[]> {
	const { place, because } = program;
	const path = absolutePath(file, place.workingDir);
	const reached = access(place.rootfs, path, place.who, 'read');
	if (reached.answer !== 'yes') {
		if (reached.answer === 'no-entry' && place.mayBeThere(path)) return [unknown(`${path} is not here`, [], because)];
		const why = reached.answer === 'denied' ? 'Permission denied' : 'No such file';
		return [failing({ kind: 'module', message: `${name}: 0: cannot open ${file}: ${why}`, missing: file, places: [path], because })];
	}
	if (reached.entry.type !== 'file' || reached.entry.size > maxBytes) return [unknown(`${path} cannot be read as a script`, [], because)];
	const body = await place.rootfs.read(path).catch(() => undefined);
	if (body === undefined) return [unknown(`${path} could not be read`, [], because)];
	return runText(program, Buffer.from(body).toString('utf8'), file, parameters, name, errexit);
}

async function runText(
	program: Program,
	text: string,
	path: string,
	parameters: readonly string[],
	name: string,
	errexit: boolean,
): Promise<readonly Course[]> {
	const { place, because, depth, start } = program;
	const inline = path === '-c';
	const script: Script = {
		path,
		shell: name,
		dialect: dialectOf(program),
		evidence: (line, shows) => (inline ? { ...because, shows } : { path: absolutePath(path, place.workingDir), line, shows }),
		place,
		start,
		depth,
		budget: { steps: maxSteps },
	};
	return runScript(errexit ? `set -e\n${text}` : text, parameters, script);
}

function dialectOf({ place, path, real }: Program): Dialect {
	const entry = place.rootfs.resolve(path);
	if (entry && isBusybox(place.rootfs, entry)) return 'busybox';
	const name = baseName(real);
	return name === 'dash' || name === 'bash' ? name : 'other';
}
