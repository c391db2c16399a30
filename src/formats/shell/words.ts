import { blanks, deeper, type State, startOf, unsupported, wholeScript } from './cursor.ts';
import type { Part, Word } from './syntax.ts';

/** One word; undefined when an operator or the end comes next. */
export function word(state: State): Word | undefined {
	blanks(state);
	const parts: Part[] = [];
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined || /[\s;&|<>()]/.test(c)) break;
		if (c === '\\') {
			const next = state.text[state.position + 1] ?? '';
			if (next === '\n') state.line++;
			else addText(parts, next, true);
			state.position += 2;
		} else if (c === "'") addText(parts, singleQuoted(state), true);
		else if (c === '"') doubleQuoted(state, parts);
		else if (c === '$' || c === '`') parts.push(expansion(state, false));
		else {
			addText(parts, c, false);
			state.position++;
		}
	}
	return parts.length === 0 ? undefined : { parts };
}

function addText(parts: Part[], value: string, quoted: boolean): void {
	const last = parts.at(-1);
	if (last?.kind === 'text' && last.quoted === quoted) parts[parts.length - 1] = { ...last, text: last.text + value };
	else parts.push({ kind: 'text', text: value, quoted });
}

function singleQuoted(state: State): string {
	const end = state.text.indexOf("'", state.position + 1);
	if (end < 0) throw unsupported(state);
	const value = state.text.slice(state.position + 1, end);
	state.line += value.split('\n').length - 1;
	state.position = end + 1;
	return value;
}

function doubleQuoted(state: State, parts: Part[]): void {
	state.position++;
	addText(parts, '', true);
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined) throw unsupported(state);
		if (c === '"') {
			state.position++;
			return;
		}
		if (c === '$' || c === '`') {
			parts.push(expansion(state, true));
			continue;
		}
		const next = state.text[state.position + 1] ?? '';
		const escaped = c === '\\' && '$`"\\\n'.includes(next) && next !== '';
		if (c === '\n' || (escaped && next === '\n')) state.line++;
		if (!escaped || next !== '\n') addText(parts, escaped ? next : c, true);
		state.position += escaped ? 2 : 1;
	}
}

function expansion(state: State, quoted: boolean): Part {
	return deeper(state, () => {
		const rest = state.text.slice(state.position, state.position + 256);
		if (rest.startsWith('`')) return backquoted(state, quoted);
		if (rest.startsWith('$((')) return opaqueUntil(state, '))', quoted);
		if (rest.startsWith('$(')) {
			state.position += 2;
			const inner = state.script(state);
			blanks(state);
			if (state.text[state.position] !== ')') throw unsupported(state);
			state.position++;
			return { kind: 'command', script: inner, quoted };
		}
		if (rest.startsWith('${')) return bracedParameter(state, quoted);
		const name = /^\$([A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)?.[1];
		state.position += 1 + (name?.length ?? 0);
		return name === undefined ? { kind: 'text', text: '$', quoted } : { kind: 'parameter', name, quoted };
	});
}

function backquoted(state: State, quoted: boolean): Part {
	const end = state.text.indexOf('`', state.position + 1);
	if (end < 0) throw unsupported(state);
	const body = state.text.slice(state.position + 1, end);
	state.line += body.split('\n').length - 1;
	state.position = end + 1;
	return { kind: 'command', script: wholeScript(startOf(body, state.script, state.depth)), quoted };
}

function opaqueUntil(state: State, end: string, quoted: boolean): Part {
	const at = state.text.indexOf(end, state.position);
	if (at < 0) throw unsupported(state);
	const body = state.text.slice(state.position, at + end.length);
	state.position = at + end.length;
	return { kind: 'opaque', text: body, quoted };
}

function bracedParameter(state: State, quoted: boolean): Part {
	const head = /^\$\{(#?)([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[@*]\])?/.exec(state.text.slice(state.position, state.position + 256));
	const length = head?.[1] === '#';
	if (head?.[2] === undefined) return opaqueUntil(state, '}', quoted);
	state.position += head[0].length;
	const operator = /^(:?[-+=?]|##?|%%?|\/\/?|:)/.exec(state.text.slice(state.position, state.position + 3))?.[0];
	if (operator === undefined || length || head[3] !== undefined) {
		if (state.text[state.position] === '}' && !length && head[3] === undefined) {
			state.position++;
			return { kind: 'parameter', name: head[2], quoted };
		}
		return { ...(opaqueUntil(state, '}', quoted) as Extract<Part, { kind: 'opaque' }>), text: head[0] };
	}
	state.position += operator.length;
	const argument = bracedArgument(state);
	if (operator.startsWith('/') || operator === ':') return { kind: 'opaque', text: `${head[0]}${operator}`, quoted };
	return { kind: 'parameter', name: head[2], operator, argument, quoted };
}

function bracedArgument(state: State): Word {
	const parts: Part[] = [];
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined) throw unsupported(state);
		if (c === '}') {
			state.position++;
			return { parts };
		}
		if (c === "'") addText(parts, singleQuoted(state), true);
		else if (c === '"') doubleQuoted(state, parts);
		else if (c === '$' || c === '`') parts.push(expansion(state, false));
		else {
			const escaped = c === '\\';
			if (c === '\n') state.line++;
			addText(parts, escaped ? (state.text[state.position + 1] ?? '') : c, escaped);
			state.position += escaped ? 2 : 1;
		}
	}
}
