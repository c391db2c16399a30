import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { Dockerfile, Flag, Heredoc, Instruction, Piece, Stage } from './dockerfile.ts';
import { heredocHeads, readHeredocs } from './heredoc.ts';
import { badDockerfile, isBlank, isComment, type Line, readDirectives, splitLines, trimContinuation } from './lines.ts';
import { splitWords } from './words.ts';

const keywords = new Set(
	'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const withFlags = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);
const withExecForm = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);

/**
 * Reads a Dockerfile as BuildKit does, without losing a character.
 * @throws FootingError `bad-dockerfile` with the line, `bad-reference` when a FROM cannot be a reference
 */
export function parseDockerfile(text: string): Dockerfile {
	const lines = splitLines(text);
	const { directives, pieces: head } = readDirectives(lines);
	const pieces: Piece[] = [...head];
	const instructions: Instruction[] = [];
	for (let next = head.length; next < lines.length; ) {
		const line = lines[next] as Line;
		const content = next === 0 ? line.text.replace(/^\ufeff/, '') : line.text;
		const first = next;
		if (isBlank(content) || isComment(content)) {
			pieces.push({ kind: isBlank(content) ? 'blank' : 'comment', line: ++next, endLine: first + 1, raw: line.raw });
			continue;
		}
		const read = readInstruction(lines, first, directives.escape);
		next = read.next;
		if (read.instruction) instructions.push(read.instruction);
		const raw = lines.slice(first, next).map((l) => l.raw);
		pieces.push({ kind: read.instruction ? 'instruction' : 'blank', line: first + 1, endLine: next, raw: raw.join('') });
	}
	if (instructions.length === 0) throw badDockerfile(1, 'there is no instruction in it');
	return { text, pieces, directives, instructions, ...stagesOf(instructions) };
}

/** The text of a parsed Dockerfile: the same as was read. */
export function printDockerfile(dockerfile: Dockerfile): string {
	return dockerfile.pieces.map((piece) => piece.raw).join('');
}

function readInstruction(lines: readonly Line[], first: number, esc: string): { instruction?: Instruction; next: number } {
	const start = (lines[first] as Line).text.replace(/^[\ufeff\s]+/, '');
	let { text, continues } = trimContinuation(start, esc);
	const parts = [text];
	let next = first + 1;
	for (; continues && next < lines.length; next++) {
		const line = (lines[next] as Line).text;
		if (isComment(line) || isBlank(line)) continue;
		({ text, continues } = trimContinuation(line, esc));
		parts.push(text);
	}
	const joined = parts.join('').trim();
	if (joined === '') return { next };
	const keyword = (/^\S+/.exec(joined)?.[0] ?? '').toUpperCase();
	if (!keywords.has(keyword)) throw badDockerfile(first + 1, `unknown instruction ${quote(keyword, 40)}`);
	const rest = joined.slice(keyword.length).trim();
	const bodies = readHeredocs(heredocHeads(keyword, rest, esc), lines, next);
	return { instruction: instructionOf(keyword, rest, bodies.heredocs, [first + 1, bodies.next], esc), next: bodies.next };
}

function instructionOf(
	keyword: string,
	rest: string,
	heredocs: readonly Heredoc[],
	[line, endLine]: readonly [number, number],
	esc: string,
): Instruction {
	const { flags, text } = withFlags.has(keyword) ? takeFlags(rest, esc) : { flags: [], text: rest };
	const base = { keyword, line, endLine, flags, text, heredocs };
	if (text === '' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && heredocs.length === 0)
		throw badDockerfile(line, `${keyword} needs an argument`);
	if (keyword === 'ONBUILD') return { ...base, trigger: triggerOf(text, heredocs, [line, endLine], esc) };
	const json = withExecForm.has(keyword) ? execForm(text) : healthcheckExecForm(keyword, text);
	if (keyword === 'SHELL' && (json === undefined || json.length === 0)) throw badDockerfile(line, 'SHELL needs a JSON array of strings');
	return json === undefined ? base : { ...base, json };
}

function triggerOf(text: string, heredocs: readonly Heredoc[], lines: readonly [number, number], esc: string): Instruction {
	const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
	if (!keywords.has(keyword) || keyword === 'ONBUILD' || keyword === 'FROM' || keyword === 'MAINTAINER')
		throw badDockerfile(lines[0], `${quote(keyword, 40)} is not allowed as an ONBUILD trigger`);
	return instructionOf(keyword, text.slice(keyword.length).trim(), heredocs, lines, esc);
}

function takeFlags(rest: string, esc: string): { readonly flags: readonly Flag[]; readonly text: string } {
	const flags: Flag[] = [];
	let text = rest;
	while (text.startsWith('--')) {
		const word = splitWords(text.slice(0, 4096), esc)[0] ?? text;
		text = text.slice(word.length).trimStart();
		if (word === '--') break;
		const equals = word.indexOf('=');
		flags.push(
			equals < 0
				? { name: word.slice(2).toLowerCase(), value: '' }
				: { name: word.slice(2, equals).toLowerCase(), value: word.slice(equals + 1) },
		);
	}
	return { flags, text };
}

/** A JSON array of strings and nothing else; anything different is the shell form (Dockerfile reference, "Exec form"). */
function execForm(text: string): readonly string[] | undefined {
	if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
	} catch {
		return undefined;
	}
}

function healthcheckExecForm(keyword: string, text: string): readonly string[] | undefined {
	if (keyword !== 'HEALTHCHECK' || !/^cmd\b/i.test(text)) return undefined;
	return execForm(text.slice(3).trim());
}

function stagesOf(instructions: readonly Instruction[]): Pick<Dockerfile, 'globalArgs' | 'stages'> {
	const globalArgs: Instruction[] = [];
	const stages: (Stage & { instructions: Instruction[] })[] = [];
	for (const instruction of instructions) {
		if (instruction.keyword === 'FROM') stages.push(stageOf(instruction, stages.length));
		else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction);
		else if (instruction.keyword === 'ARG') globalArgs.push(instruction);
		else throw badDockerfile(instruction.line, `${instruction.keyword} stands before the first FROM`);
	}
	if (stages.length === 0) throw badDockerfile(instructions.at(-1)?.line ?? 1, 'there is no FROM');
	return { globalArgs, stages };
}

function stageOf(from: Instruction, index: number): Stage & { instructions: Instruction[] } {
	const words = from.text.split(/\s+/);
	const base = words[0] ?? '';
	for (const flag of from.flags) checkWord(from, flag.value);
	checkWord(from, base);
	const name = words[2]?.toLowerCase();
	if (words.length !== 1 && !(words.length === 3 && words[1]?.toLowerCase() === 'as'))
		throw badDockerfile(from.line, 'FROM takes one image and, behind AS, one name');
	if (name !== undefined && !/^[a-z][a-z0-9_.-]*$/.test(name)) throw badDockerfile(from.line, `invalid stage name ${quote(name, 60)}`);
	const platform = from.flags.find((flag) => flag.name === 'platform')?.value;
	return { index, from, base, instructions: [], ...(name === undefined ? {} : { name }), ...(platform === undefined ? {} : { platform }) };
}

/** Letters of references and of substitutions only: nothing that a shell or an option parser would act on. */
function checkWord(from: Instruction, word: string): void {
	if (!/^(?:"[^"']*"|'[^"']*'|[^"'])*$/.test(word) || !/^["']?[\w./:@${}+?,#%"'-]*$/.test(word) || /^["']?-|\$[^\w{]/.test(word))
		throw new FootingError('bad-reference', `invalid FROM in line ${from.line}: ${quote(word, 80)} cannot be an image`);
}
