import type { Dockerfile, Instruction, Stage } from '../../formats/dockerfile/dockerfile.ts';
import { substitute } from '../../formats/dockerfile/substitute.ts';
import { splitWords } from '../../formats/dockerfile/words.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { NewEntry } from '../../model/file-tree.ts';
import type { Launch, LaunchPlan } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import type { BuildContext, ContextEntry } from './context.ts';
import { type CopyTarget, contextSource, copyInto, stageSource } from './copy.ts';
import type { Owners } from './owner.ts';
import { changesOfRun } from './run.ts';
import { absolutePath, put, type StageTree } from './stage-tree.ts';
import { declareArgs, envPairs, type GlobalScope, replace, type Scope } from './variables.ts';

/** A stage after its instructions; mutable only while it is evaluated. */
export interface StageState {
	readonly tree: StageTree;
	readonly scope: Scope;
	workingDir: string;
	/** A WORKDIR with an absolute path was given: what relative paths mean is known. */
	workingDirKnown: boolean;
	user: string;
	shell: readonly string[];
	readonly launch: MutableLaunch;
	readonly unseen: Problem[];
	/** The image it stands on; undefined when an argument without value decides. */
	base?: { readonly reference: string; readonly because: Evidence };
}

export type MutableLaunch = { -readonly [K in keyof LaunchPlan]: LaunchPlan[K] extends readonly (infer T)[] ? T[] : LaunchPlan[K] };

export interface StageInput {
	readonly dockerfile: Dockerfile;
	/** Its path, for evidence. */
	readonly path: string;
	readonly context: BuildContext;
	readonly global: GlobalScope;
	readonly owners: Owners;
	/** Makes the entry of a context file at its new place. */
	readonly read: (entry: ContextEntry, path: string) => NewEntry;
}

/** Evaluates a stage and, before it, those it stands on or copies from. Later stages cannot be reached: no recursion without end. */
export function evaluateStage(input: StageInput, stage: Stage, done = new Map<number, StageState>()): StageState {
	const known = done.get(stage.index);
	if (known) return known;
	const state = startOf(input, stage, done);
	for (const instruction of stage.instructions) apply(input, stage, state, instruction, done);
	done.set(stage.index, state);
	return state;
}

function stageNamed(input: StageInput, before: Stage, name: string): Stage | undefined {
	const earlier = input.dockerfile.stages.slice(0, before.index);
	return (
		earlier.findLast((stage) => stage.name === name.toLowerCase()) ??
		(/^\d{1,4}$/.test(name) ? earlier[Number.parseInt(name, 10)] : undefined)
	);
}

function startOf(input: StageInput, stage: Stage, done: Map<number, StageState>): StageState {
	const { text, unset } = substitute(stage.base, input.global.values, { escape: input.dockerfile.directives.escape });
	const parent = earlierByName(input, stage, text);
	if (parent) return copyState(evaluateStage(input, parent, done));
	const because = evidence(input, stage.from, `FROM ${stage.from.text}`);
	const state: StageState = {
		tree: new Map(),
		scope: { args: new Map(), env: new Map() },
		workingDir: '/',
		workingDirKnown: text === 'scratch',
		user: '',
		shell: ['/bin/sh', '-c'],
		launch: { env: [], exposedPorts: [], volumes: [], runs: [] },
		unseen: [],
	};
	if (unset.length === 0 && text !== '') state.base = { reference: text, because };
	return state;
}

/** FROM names a stage by its name only, never by its number. */
function earlierByName(input: StageInput, stage: Stage, name: string): Stage | undefined {
	return input.dockerfile.stages.slice(0, stage.index).findLast((other) => other.name === name.toLowerCase());
}

function copyState(state: StageState): StageState {
	const { launch, scope } = state;
	return {
		...state,
		tree: new Map(state.tree),
		scope: { args: new Map(scope.args), env: new Map(scope.env) },
		launch: {
			...launch,
			env: [...launch.env],
			exposedPorts: [...launch.exposedPorts],
			volumes: [...launch.volumes],
			runs: [...launch.runs],
		},
		unseen: [...state.unseen],
	};
}

function evidence(input: StageInput, instruction: Instruction, shows: string): Evidence {
	return { path: input.path, line: instruction.line, shows };
}

function apply(input: StageInput, stage: Stage, state: StageState, instruction: Instruction, done: Map<number, StageState>): void {
	const mark = input.dockerfile.directives.escape;
	const text = (): string => replace(instruction.text, state.scope, mark).text;
	const said = <T>(value: T): Launch<T> => ({ value, because: evidence(input, instruction, `${instruction.keyword} ${instruction.text}`) });
	switch (instruction.keyword) {
		case 'ARG':
			declareArgs(state.scope, instruction.text, input.global, mark);
			return;
		case 'ENV':
			for (const pair of envPairs(instruction.text, state.scope, mark)) {
				state.scope.env.set(pair.name, pair.value);
				state.launch.env.push(said(pair));
			}
			return;
		case 'WORKDIR':
			applyWorkdir(state, said(text()));
			return;
		case 'USER':
			state.user = text();
			state.launch.user = said(state.user);
			return;
		case 'EXPOSE':
			state.launch.exposedPorts.push(...splitWords(text(), mark).map(said));
			return;
		case 'VOLUME':
			state.launch.volumes.push(...(instruction.json ?? splitWords(text(), mark)).map(said));
			return;
		case 'STOPSIGNAL':
			state.launch.stopSignal = said(text());
			return;
		case 'SHELL':
			state.shell = instruction.json ?? state.shell;
			state.launch.shell = said(state.shell);
			return;
		case 'CMD':
			state.launch.command = said(commandOf(instruction, state.shell));
			return;
		case 'ENTRYPOINT':
			state.launch.entrypoint = said(commandOf(instruction, state.shell));
			// "If CMD is defined from the base image, setting ENTRYPOINT will reset CMD": also that of a stage it stands on
			if (state.launch.command && !stage.instructions.some((other) => other.line === state.launch.command?.because.line))
				delete state.launch.command;
			return;
		case 'HEALTHCHECK':
			state.launch.healthcheck = said(healthcheckOf(instruction, state.shell));
			return;
		case 'RUN':
			applyRun(input, state, instruction);
			return;
		case 'COPY':
		case 'ADD':
			applyCopy(input, stage, state, instruction, done);
	}
}

function commandOf(
	instruction: Instruction,
	shell: readonly string[],
): { readonly form: 'exec' | 'shell'; readonly argv: readonly string[] } {
	return instruction.json ? { form: 'exec', argv: instruction.json } : { form: 'shell', argv: [...shell, instruction.text] };
}

function healthcheckOf(instruction: Instruction, shell: readonly string[]): NonNullable<LaunchPlan['healthcheck']>['value'] {
	if (/^none\s*$/i.test(instruction.text)) return { form: 'none', argv: [] };
	if (instruction.json) return { form: 'exec', argv: instruction.json };
	return { form: 'shell', argv: [...shell, instruction.text.replace(/^cmd\s*/i, '')] };
}

function applyWorkdir(state: StageState, said: Launch<string>): void {
	state.workingDirKnown ||= said.value.startsWith('/');
	state.workingDir = absolutePath(said.value, state.workingDir);
	state.launch.workingDir = state.workingDirKnown ? { ...said, value: state.workingDir } : said;
	if (!said.value.includes('${')) put(state.tree, { path: state.workingDir, type: 'directory', mode: 0o755, uid: 0, gid: 0 });
}

function applyRun(input: StageInput, state: StageState, instruction: Instruction): void {
	const body = instruction.heredocs.length > 0 && splitWords(instruction.text, '\\').length === instruction.heredocs.length;
	const text = body ? instruction.heredocs.map((heredoc) => heredoc.content).join('\n') : (instruction.json?.join(' ') ?? instruction.text);
	const because = evidence(input, instruction, `RUN ${instruction.text}`);
	const workingDir = state.workingDirKnown ? { workingDir: state.workingDir } : {};
	const user = state.launch.user === undefined ? {} : { user: state.user };
	const argv = instruction.json ?? [...state.shell, text];
	const step = { form: instruction.json ? ('exec' as const) : ('shell' as const), text, argv, ...workingDir, ...user };
	state.launch.runs.push({ value: { ...step, unseenBefore: state.unseen.length, arguments: new Map(state.scope.args) }, because });
	const heads = new Map([...state.scope.args, ...state.scope.env]);
	for (const change of changesOfRun(text, { tree: state.tree, workingDir: state.workingDir, variables: heads, owners: input.owners }))
		state.unseen.push({ ...change, message: `line ${instruction.line}: ${change.message}` });
}

function applyCopy(input: StageInput, stage: Stage, state: StageState, instruction: Instruction, done: Map<number, StageState>): void {
	const mark = input.dockerfile.directives.escape;
	const words = instruction.json ?? splitWords(instruction.text, mark);
	const plain = words.map((word) => (instruction.json ? replaceRaw(word, state) : replace(word, state.scope, mark).text));
	const flag = (name: string): string | undefined => {
		const value = instruction.flags.find((item) => item.name === name)?.value;
		return value === undefined ? undefined : replace(value, state.scope, mark).text;
	};
	const heredocs = new Map(instruction.heredocs.map((heredoc) => [`<<${heredoc.chomp ? '-' : ''}${heredoc.name}`, heredoc]));
	const destination = plain.at(-1) ?? '/';
	const mode = /^[0-7]{3,4}$/.test(flag('chmod') ?? '') ? Number.parseInt(flag('chmod') ?? '', 8) : undefined;
	const target: CopyTarget = {
		destination,
		workingDir: state.workingDir,
		...input.owners.of(flag('chown') ?? ''),
		...(mode === undefined ? {} : { mode }),
		parents: instruction.flags.some((item) => item.name === 'parents'),
	};
	const where = absolutePath(destination, state.workingDir);
	const report = (code: string, message: string, at = where): void => {
		state.unseen.push({ code, where: at, message: `line ${instruction.line}: ${message}` });
	};
	if (destination.includes('${')) {
		report('unseen-variable', `where ${destination} is depends on the base's environment`, '/');
		return;
	}
	if (!destination.startsWith('/') && !state.workingDirKnown)
		report('unseen-workdir', `${destination} is relative to the working directory of the base`, '/');
	const sources = plain.slice(0, -1);
	for (const source of sources) {
		const heredoc = heredocs.get(source);
		if (heredoc === undefined) continue;
		const path = destination.endsWith('/') ? absolutePath(heredoc.name, where) : where;
		const content = Buffer.from(heredoc.expand ? replaceRaw(heredoc.content, state) : heredoc.content);
		const shebang = content.subarray(0, 2).toString() === '#!' ? content.subarray(0, 256).toString('latin1').split('\n')[0] : undefined;
		put(state.tree, {
			path,
			type: 'file',
			mode: mode ?? 0o644,
			uid: target.uid,
			gid: target.gid,
			body: content,
			...(shebang === undefined ? {} : { shebang }),
		});
	}
	copyFiles(
		input,
		stage,
		state,
		sources.filter((source) => !heredocs.has(source)),
		target,
		flag('from'),
		instruction.keyword,
		report,
		done,
	);
}

function replaceRaw(text: string, state: StageState): string {
	return replace(text.replace(/["'\\]/g, '\\$&'), state.scope, '\\').text;
}

function copyFiles(
	input: StageInput,
	stage: Stage,
	state: StageState,
	sources: readonly string[],
	target: CopyTarget,
	from: string | undefined,
	keyword: string,
	report: (code: string, message: string, at?: string) => void,
	done: Map<number, StageState>,
): void {
	if (from !== undefined) {
		copyFromStage(input, stage, state, sources, target, from, report, done);
		return;
	}
	const local = sources.filter((source) => {
		const remote = keyword === 'ADD' && (/^[a-z]+:\/\//i.test(source) || /^git@/.test(source));
		const archive = keyword === 'ADD' && /\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz|zst))$/.test(source);
		if (remote) report('unseen-download', `${source} is downloaded while the image is built`);
		if (archive) report('unseen-archive', `the archive ${source} is unpacked there`);
		return !remote && !archive;
	});
	const missing = copyInto(state.tree, contextSource(input.context, input.read), local, target);
	for (const source of missing) report('missing-source', `${source} is not in the build context; it may be made before the build`);
}

function copyFromStage(
	input: StageInput,
	stage: Stage,
	state: StageState,
	sources: readonly string[],
	target: CopyTarget,
	from: string,
	report: (code: string, message: string, at?: string) => void,
	done: Map<number, StageState>,
): void {
	const other = stageNamed(input, stage, from);
	if (other === undefined) {
		report('unseen-image', `${sources.join(' ')} comes from the image ${from}`);
		return;
	}
	const origin = evaluateStage(input, other, done);
	const missing = copyInto(state.tree, stageSource(origin.tree), sources, target);
	for (const source of missing) report('unseen-built', `${source} is made in the stage ${from} or part of its base`);
	for (const source of sources) {
		const path = absolutePath(source, '/');
		if (missing.includes(source)) continue;
		for (const problem of origin.unseen) {
			const below = problem.where === path || problem.where.startsWith(path === '/' ? '/' : `${path}/`);
			const above = problem.where === '/' || path.startsWith(`${problem.where}/`);
			if (!below && !above) continue;
			const directory = absolutePath(target.destination, target.workingDir);
			const inner =
				below && problem.where !== path ? absolutePath(problem.where.slice(path.length + (path === '/' ? 0 : 1)), directory) : directory;
			report(problem.code === 'unseen-run' ? 'unseen-built' : problem.code, `in the stage ${from}, ${problem.message}`, inner);
		}
	}
}
