import { access } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { resolveProgram } from '../resolve-program.ts';
import { exitOf } from './exit.ts';
import type { At } from './file-commands.ts';
import { assign, type Dialect, doubt, ended, failed, type ShellState, type Value, withStatus } from './state.ts';
import { testCommand } from './test-command.ts';
import { said } from './voice.ts';

type Builtin = (words: readonly Value[], state: ShellState, at: At) => Promise<readonly ShellState[]> | readonly ShellState[];

/** Whether the shell itself has the command. */
export function isBuiltin(name: string, dialect: Dialect): boolean {
	if (!builtins.has(name)) return false;
	if (dialect === 'dash') return !beyondDash.has(name);
	return true;
}

export async function runBuiltin(name: string, words: readonly Value[], state: ShellState, at: At): Promise<readonly ShellState[]> {
	return (builtins.get(name) as Builtin)(words, state, at);
}

const beyondDash = new Set(['[[', 'source', 'declare', 'typeset', 'shopt', 'let', '((', 'mapfile', 'readarray', 'pushd', 'popd']);

const succeed: Builtin = (_, state) => [withStatus(state, 0)];
const inTheDark: Builtin = (_, state) => [withStatus(state, undefined)];

const print =
	(format: (words: readonly string[]) => string | undefined): Builtin =>
	(words, state) => {
		const text = words.includes(undefined) ? undefined : format(words as readonly string[]);
		return [{ ...withStatus(state, 0), output: text === undefined || state.output === undefined ? undefined : state.output + text }];
	};

const conditional =
	(double: boolean, closing: string | undefined): Builtin =>
	(words, state, { context }) => {
		const inner = closing === undefined ? words : words.slice(0, -1);
		if (closing !== undefined && words.at(-1) !== closing) return [withStatus(state, 2)];
		const truth = testCommand(inner, double, state, context.script);
		return [withStatus(state, truth === undefined ? undefined : truth ? 0 : 1)];
	};

/** `NAME=value` arguments. */
const declaring =
	(exports: boolean): Builtin =>
	(words, state) => {
		let current = withStatus(state, 0);
		for (const word of words) {
			if (word === undefined || word.startsWith('-')) continue;
			const equals = word.indexOf('=');
			const name = equals < 0 ? word : word.slice(0, equals);
			if (equals >= 0) current = assign(current, name, word.slice(equals + 1));
			else if (!current.variables.has(name)) continue;
			if (exports) current = { ...current, exported: new Set([...current.exported, name]), effects: true };
		}
		return [current];
	};

const set: Builtin = (words, state, at) => {
	let current = withStatus(state, 0);
	const pending = [...words];
	while (pending.length > 0) {
		const word = pending.shift();
		if (word === undefined) return [doubt(current, 'the parameters that the script sets are not known')];
		if (word === '--') return [{ ...current, parameters: pending }];
		if (!/^[-+]./.test(word)) return [{ ...current, parameters: [word, ...pending] }];
		const on = word.startsWith('-');
		if (word.includes('e')) current = { ...current, errexit: on };
		if (!word.endsWith('o')) continue;
		const option = pending.shift();
		if (option === 'errexit') current = { ...current, errexit: on };
		if (option === 'pipefail' && at.context.script.dialect === 'dash' && !hasPipefail(at))
			return [ended(current, illegal(at, `${on ? '-' : '+'}o pipefail`))];
	}
	return [current];
};

/** dash has it since 0.5.13; older ones refuse and end the script. */
function hasPipefail({ context }: At): boolean {
	const { place, shell } = context.script;
	const path = resolveProgram([shell], place, place.rootfs).chain.at(-1)?.real;
	return path === undefined || place.rootfs.elf(path)?.marks.includes('pipefail') !== false;
}

function illegal({ line, context }: At, option: string): NonNullable<ShellState['ended']> {
	const message = said(context.script, line, `set: Illegal option ${option}`);
	return {
		kind: 'fails',
		failure: { kind: 'shell', message, missing: 'bash', places: [], because: context.script.evidence(line, `set ${option}`) },
	};
}

const shift: Builtin = ([count], state) => {
	const n = count === undefined ? 1 : Number.parseInt(count, 10);
	return n <= state.parameters.length ? [{ ...withStatus(state, 0), parameters: state.parameters.slice(n) }] : [withStatus(state, 1)];
};

const cd: Builtin = ([target = '~'], state, { line, context }) => {
	const { place } = context.script;
	const to = target === '~' ? state.variables.get('HOME') : target;
	if (to === undefined || target === '-' || state.workingDir === undefined)
		return [{ ...withStatus(state, undefined), workingDir: undefined }];
	const path = absolutePath(to, state.workingDir);
	const entry = place.rootfs.resolve(path);
	const open = entry?.type === 'directory' && access(place.rootfs, path, place.who, 'execute').answer === 'yes';
	const moved = { ...withStatus(state, 0), workingDir: path, effects: state.effects || path !== place.workingDir };
	if (open || state.files.get(path) === 'directory') return [moved];
	if (place.mayBeThere(path)) return [withStatus(moved, undefined)];
	const message = said(context.script, line, `cd: can't cd to ${to}`);
	return [
		failed(state, { kind: 'permission', message, missing: path, places: [path], because: context.script.evidence(line, `cd ${to}`) }, 2),
	];
};

const exit: Builtin = ([status], state) => {
	const number = status === undefined ? state.status : Number.parseInt(status, 10);
	const after = status === undefined ? state : { ...state, status: number };
	return [ended(after, number === 0 ? { kind: 'exits', status: 0 } : exitOf(after))];
};

const leave =
	(leaving: 'break' | 'continue'): Builtin =>
	([levels], state) =>
		levels === undefined || levels === '1'
			? [{ ...withStatus(state, 0), leaving }]
			: [ended(state, { kind: 'unknown', why: 'loops are left together' })];

const giveBack: Builtin = ([status], state) => {
	const number = status === undefined ? state.status : Number.parseInt(status, 10);
	return [{ ...(status === undefined ? state : withStatus(state, number)), leaving: 'return' }];
};

const unset: Builtin = (words, state) => {
	const variables = new Map(state.variables);
	for (const word of words) if (word !== undefined) variables.delete(word);
	return [{ ...withStatus(state, 0), variables }];
};

const read: Builtin = (words, state) => {
	let current = withStatus(state, undefined);
	for (const word of words) if (word !== undefined && /^[A-Za-z_]\w*$/.test(word)) current = assign(current, word, undefined);
	return [current];
};

const source: Builtin = async ([file, ...parameters], state, { line, context }) => {
	const { place, path: self } = context.script;
	if (file === undefined || state.workingDir === undefined) return [doubt(state, 'a script is read in whose name is not known')];
	const direct = absolutePath(file, state.workingDir);
	const path = file.includes('/')
		? direct
		: (resolveProgram([file], { ...place, workingDir: state.workingDir }, place.rootfs).chain[0]?.path ?? direct);
	const body = place.rootfs.resolve(path)?.type === 'file' ? await place.rootfs.read(path).catch(() => undefined) : undefined;
	if (body === undefined) {
		if (place.mayBeThere(path) || state.files.has(path)) return [doubt(state, `${path} is read in by ${self} and is not here`)];
		const message = said(context.script, line, `.: cannot open ${file}: No such file`);
		const failure = {
			kind: 'program' as const,
			message,
			missing: file,
			places: [path],
			because: context.script.evidence(line, `. ${file}`),
		};
		return context.script.dialect === 'bash' ? [failed(state, failure, 1)] : [ended(state, { kind: 'fails', failure })];
	}
	const inner = parameters.length === 0 ? state : { ...state, parameters };
	const after = await context.runText(Buffer.from(body).toString('utf8'), { ...inner, effects: true }, context);
	return after.map((s) => ({ ...s, parameters: parameters.length === 0 ? s.parameters : state.parameters }));
};

const evaluate: Builtin = (words, state, { context }) =>
	words.includes(undefined) ? [doubt(state, 'a text that is not known is run as shell')] : context.runText(words.join(' '), state, context);

/** `command -v name`, `type name`, `hash name`: whether and where it is. */
const whereIs: Builtin = (words, state, { line, context }) => {
	const names = words.filter((word) => word === undefined || !word.startsWith('-'));
	const [name] = names;
	if (name === undefined) return [{ ...withStatus(state, names.length === 0 ? 0 : undefined), output: undefined }];
	const { place, dialect } = context.script;
	const own = state.functions.has(name) || isBuiltin(name, dialect) || name === 'exec';
	const env = [...state.exported].flatMap((n) =>
		state.variables.get(n) === undefined ? [] : [{ name: n, value: state.variables.get(n) as string }],
	);
	const found =
		name === '' ? undefined : resolveProgram([name], { env, workingDir: state.workingDir ?? '/' }, place.rootfs, place.who).chain[0]?.path;
	const path = own ? name : found;
	if (path !== undefined) return [{ ...withStatus(state, 0), output: state.output === undefined ? undefined : `${state.output}${path}\n` }];
	const hidden =
		name !== '' && place.mayBeThere(name.includes('/') ? absolutePath(name, state.workingDir ?? '/') : `/usr/local/bin/${name}`);
	if (hidden) return [{ ...withStatus(state, undefined), output: undefined }];
	const because = context.script.evidence(line, `command -v ${name}`);
	const failure = { kind: 'program' as const, message: `${name}: not found`, missing: name, places: [], because };
	return [failed(state, failure, dialect === 'bash' ? 1 : 127)];
};

const printf = (words: readonly string[]): string | undefined => {
	const [format = '', ...values] = words;
	if (/%(?![s%])|\\(?![nt\\])/.test(format)) return undefined;
	let next = 0;
	const text = format.replace(/%[s%]|\\[nt\\]/g, (mark) =>
		mark === '%s' ? (values[next++] ?? '') : mark === '%%' ? '%' : mark === '\\n' ? '\n' : mark === '\\t' ? '\t' : '\\',
	);
	return next >= values.length ? text : undefined;
};

const echo = (words: readonly string[]): string | undefined => {
	if (words[0]?.startsWith('-e') || words.some((word) => word.includes('\\'))) return undefined;
	return words[0] === '-n' ? words.slice(1).join(' ') : `${words.join(' ')}\n`;
};

const builtins = new Map<string, Builtin>([
	[':', succeed],
	['true', succeed],
	['false', (_, state) => [withStatus(state, 1)]],
	['echo', print(echo)],
	['printf', print(printf)],
	['[', conditional(false, ']')],
	['test', conditional(false, undefined)],
	['[[', conditional(true, ']]')],
	['((', inTheDark],
	['let', inTheDark],
	['set', set],
	['shift', shift],
	['cd', cd],
	['exit', exit],
	['return', giveBack],
	['break', leave('break')],
	['continue', leave('continue')],
	['unset', unset],
	['export', declaring(true)],
	['readonly', declaring(false)],
	['local', declaring(false)],
	['declare', declaring(false)],
	['typeset', declaring(false)],
	['read', read],
	['.', source],
	['source', source],
	['eval', evaluate],
	['type', whereIs],
	['hash', whereIs],
	[
		'command',
		(words, state, at) => {
			if (words[0] === '-v' || words[0] === '-V') return whereIs(words.slice(1), state, at);
			const [name, ...rest] = words[0] === '-p' || words[0] === '--' ? words.slice(1) : words;
			if (name === undefined || !isBuiltin(name, at.context.script.dialect))
				return [doubt(state, 'a program is started through `command`')];
			return runBuiltin(name, rest, state, at);
		},
	],
	[
		'pwd',
		(_, state) => [
			{
				...withStatus(state, 0),
				output: state.output === undefined || state.workingDir === undefined ? undefined : `${state.output}${state.workingDir}\n`,
			},
		],
	],
	['umask', succeed],
	['ulimit', succeed],
	['trap', succeed],
	['wait', succeed],
	['alias', succeed],
	['shopt', succeed],
	['kill', inTheDark],
	['jobs', inTheDark],
	['times', succeed],
	['getopts', (_, state) => [doubt(state, 'options are read with getopts')]],
	['mapfile', (_, state) => [doubt(state, 'lines are read into an array')]],
	['readarray', (_, state) => [doubt(state, 'lines are read into an array')]],
	['pushd', (_, state) => [doubt(state, 'the directory is kept on a stack')]],
	['popd', (_, state) => [doubt(state, 'the directory is kept on a stack')]],
]);
