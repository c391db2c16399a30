import { blanks, deeper, expect, newlines, operatorAt, peekWord, type State, startOf, take, unsupported, wholeScript } from './cursor.ts';
import type { Command, Redirection, Script, Simple, Word } from './syntax.ts';
import { word } from './words.ts';

const redirectionOperators = new Set(['<', '>', '>>', '>|', '<&', '>&', '<>', '<<', '<<-', '<<<', '&>']);
const closers = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}', ')', ';;']);

/**
 * Reads a shell script.
 * @throws FootingError `unsupported` when it is not one, or uses what is not modelled
 */
export function parseShell(text: string): Script {
	return wholeScript(startOf(text, script));
}

function script(state: State): Script {
	return deeper(state, () => {
		const commands: Command[] = [];
		for (;;) {
			newlines(state);
			if (state.position >= state.text.length || closers.has(peekWord(state))) return { commands };
			const line = state.line;
			let command = andOr(state);
			const operator = operatorAt(state);
			if (operator === '&') {
				take(state, operator);
				command = { kind: 'background', command, line };
			} else if (operator === ';' || operator === '\n') take(state, operator);
			else if (state.position < state.text.length && !closers.has(peekWord(state))) throw unsupported(state);
			commands.push(command);
		}
	});
}

function andOr(state: State): Command {
	let left = pipeline(state);
	for (let operator = operatorAt(state); operator === '&&' || operator === '||'; operator = operatorAt(state)) {
		const line = state.line;
		take(state, operator);
		newlines(state);
		left = { kind: operator === '&&' ? 'and' : 'or', left, right: pipeline(state), line };
	}
	return left;
}

function pipeline(state: State): Command {
	const line = state.line;
	if (peekWord(state) === '!') {
		state.position++;
		return { kind: 'not', command: deeper(state, () => pipeline(state)), line };
	}
	const commands = [command(state)];
	while (operatorAt(state) === '|') {
		state.position += state.text[state.position + 1] === '&' ? 2 : 1;
		newlines(state);
		commands.push(command(state));
	}
	return commands.length === 1 ? (commands[0] as Command) : { kind: 'pipeline', commands, line };
}

function command(state: State): Command {
	return deeper(state, () => {
		const line = state.line;
		const word = peekWord(state);
		const compound = compoundAt(state, word, line);
		if (compound) {
			redirections(state);
			return compound;
		}
		if (closers.has(word)) throw unsupported(state);
		const name = /^([A-Za-z_][\w.:-]*)[ \t]*\([ \t]*\)/.exec(state.text.slice(state.position, state.position + 256));
		if (word === 'function' || name) return functionAt(state, name?.[0]?.length ?? 0, name?.[1], line);
		return simple(state, line);
	});
}

function functionAt(state: State, length: number, known: string | undefined, line: number): Command {
	let name = known;
	if (name === undefined) {
		const match = /^function\s+([\w.:-]+)[ \t]*(\([ \t]*\))?/.exec(state.text.slice(state.position, state.position + 256));
		if (match?.[1] === undefined) throw unsupported(state);
		name = match[1];
		state.position += match[0].length;
	} else state.position += length;
	newlines(state);
	return { kind: 'function', name, body: command(state), line };
}

function compoundAt(state: State, word: string, line: number): Command | undefined {
	if (state.text[state.position] === '(') {
		if (state.text.startsWith('((', state.position)) return arithmeticCommand(state, line);
		state.position++;
		const body = script(state);
		expect(state, ')');
		return { kind: 'group', subshell: true, body, line };
	}
	switch (word) {
		case '{': {
			state.position++;
			const body = script(state);
			expect(state, '}');
			return { kind: 'group', subshell: false, body, line };
		}
		case 'if':
			return ifAt(state, line);
		case 'while':
		case 'until': {
			state.position += word.length;
			const condition = script(state);
			return { kind: 'loop', until: word === 'until', condition, body: loopBody(state), line };
		}
		case 'for':
			return forAt(state, line);
		case 'case':
			return caseAt(state, line);
		case '[[':
			return doubleBracket(state, line);
	}
	return undefined;
}

function loopBody(state: State): Script {
	newlines(state);
	expect(state, 'do');
	const body = script(state);
	expect(state, 'done');
	return body;
}

function ifAt(state: State, line: number): Command {
	const branches: { readonly condition: Script; readonly body: Script }[] = [];
	for (let word = 'if'; word === 'if' || word === 'elif'; word = peekWord(state)) {
		expect(state, word);
		const condition = script(state);
		expect(state, 'then');
		branches.push({ condition, body: script(state) });
	}
	if (peekWord(state) !== 'else') {
		expect(state, 'fi');
		return { kind: 'if', branches, line };
	}
	expect(state, 'else');
	const otherwise = script(state);
	expect(state, 'fi');
	return { kind: 'if', branches, otherwise, line };
}

function forAt(state: State, line: number): Command {
	expect(state, 'for');
	const name = peekWord(state);
	if (!/^[A-Za-z_]/.test(name)) throw unsupported(state);
	state.position += name.length;
	newlines(state);
	let words: Word[] | undefined;
	if (peekWord(state) === 'in') {
		expect(state, 'in');
		words = [];
		for (let next = word(state); next !== undefined; next = word(state)) words.push(next);
	}
	return { kind: 'for', name, ...(words === undefined ? {} : { words }), body: loopBody(state), line };
}

function caseAt(state: State, line: number): Command {
	expect(state, 'case');
	const subject = word(state);
	newlines(state);
	expect(state, 'in');
	const arms: { readonly patterns: readonly Word[]; readonly body: Script }[] = [];
	for (newlines(state); subject && peekWord(state) !== 'esac'; newlines(state)) {
		if (state.text[state.position] === '(') state.position++;
		const patterns: Word[] = [];
		for (let next = word(state); next !== undefined; next = word(state)) {
			patterns.push(next);
			if (operatorAt(state) !== '|') break;
			state.position++;
		}
		expect(state, ')');
		arms.push({ patterns, body: script(state) });
		if (peekWord(state) === ';;') state.position += 2;
		else if (peekWord(state) !== 'esac') throw unsupported(state);
	}
	if (!subject) throw unsupported(state);
	expect(state, 'esac');
	return { kind: 'case', word: subject, arms, line };
}

/** `[[ … ]]`: operators in it are words. */
function doubleBracket(state: State, line: number): Simple {
	const words: Word[] = [text('[[')];
	state.position += 2;
	for (;;) {
		blanks(state);
		const operator = /^(&&|\|\||[()<>]|\]\](?=[\s;&|)]|$))/.exec(state.text.slice(state.position, state.position + 3))?.[0];
		if (operator !== undefined) {
			state.position += operator.length;
			words.push(text(operator));
			if (operator === ']]') return { kind: 'simple', assignments: [], words, redirections: [], line };
			continue;
		}
		if (state.text[state.position] === '\n') take(state, '\n');
		else {
			const next = word(state);
			if (next === undefined) throw unsupported(state);
			words.push(next);
		}
	}
}

function arithmeticCommand(state: State, line: number): Simple {
	const end = state.text.indexOf('))', state.position);
	if (end < 0) throw unsupported(state);
	const body = state.text.slice(state.position, end + 2);
	state.line += body.split('\n').length - 1;
	state.position = end + 2;
	return {
		kind: 'simple',
		assignments: [],
		words: [text('(('), { parts: [{ kind: 'opaque', text: body, quoted: true }] }],
		redirections: [],
		line,
	};
}

const text = (value: string): Word => ({ parts: [{ kind: 'text', text: value, quoted: false }] });

function simple(state: State, line: number): Simple {
	const assignments: { readonly name: string; readonly value: Word }[] = [];
	const words: Word[] = [];
	const redirected: Redirection[] = [];
	for (;;) {
		redirected.push(...redirections(state));
		const assignment = words.length === 0 ? /^([A-Za-z_]\w*)\+?=/.exec(state.text.slice(state.position, state.position + 256)) : null;
		if (assignment) {
			state.position += assignment[0].length;
			const value = state.text[state.position] === '(' ? arrayValue(state) : adjacentWord(state);
			assignments.push({ name: assignment[1] as string, value: assignment[0].endsWith('+=') ? opaque(assignment[0]) : value });
			continue;
		}
		const next = word(state);
		if (next === undefined) break;
		words.push(next);
	}
	if (assignments.length + words.length + redirected.length === 0) throw unsupported(state);
	return { kind: 'simple', assignments, words, redirections: redirected, line };
}

const opaque = (value: string): Word => ({ parts: [{ kind: 'opaque', text: value, quoted: false }] });

function adjacentWord(state: State): Word {
	const c = state.text[state.position];
	return c === undefined || /[\s;&|<>()]/.test(c) ? { parts: [] } : (word(state) ?? { parts: [] });
}

function arrayValue(state: State): Word {
	state.position++;
	for (;;) {
		const operator = operatorAt(state);
		if (operator === ')') {
			state.position++;
			return opaque('()');
		}
		if (operator === '\n') take(state, operator);
		else if (word(state) === undefined) throw unsupported(state);
	}
}

function redirections(state: State): readonly Redirection[] {
	const result: Redirection[] = [];
	for (;;) {
		blanks(state);
		const descriptor = /^\d{1,2}(?=[<>])/.exec(state.text.slice(state.position, state.position + 3))?.[0] ?? '';
		state.position += descriptor.length;
		const operator = operatorAt(state);
		if (operator === undefined || !redirectionOperators.has(operator)) {
			state.position -= descriptor.length;
			return result;
		}
		state.position += operator.length;
		blanks(state);
		const target = word(state);
		if (target === undefined) throw unsupported(state);
		if (operator === '<<' || operator === '<<-') {
			const end = target.parts.map((part) => ('text' in part ? part.text : '')).join('');
			state.heredocs.push({ end, chomp: operator === '<<-' });
		}
		result.push({ operator, target, ...(descriptor === '' ? {} : { descriptor: Number.parseInt(descriptor, 10) }) });
	}
}
