import { access } from '../../../formats/access.ts';
import { matchesPattern } from '../../../formats/glob.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import type { Script, ShellState, Value } from './state.ts';

/** Three-valued: undefined is "not known". */
export type Truth = boolean | undefined;

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const and = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === undefined || b === undefined ? undefined : true);
const or = (a: Truth, b: Truth): Truth => not(and(not(a), not(b)));

/** `test`, `[` and `[[` (POSIX test; bash's conditional expressions). Undefined also for what is not understood. */
export function testCommand(words: readonly Value[], double: boolean, state: ShellState, script: Script): Truth {
	const reader = { words, position: 0, double, state, script };
	const truth = disjunction(reader, 0);
	return reader.position === words.length ? truth : undefined;
}

interface Reader {
	readonly words: readonly Value[];
	position: number;
	readonly double: boolean;
	readonly state: ShellState;
	readonly script: Script;
}

function disjunction(reader: Reader, depth: number): Truth {
	let truth = conjunction(reader, depth);
	while (reader.words[reader.position] === (reader.double ? '||' : '-o')) {
		reader.position++;
		truth = or(truth, conjunction(reader, depth));
	}
	return truth;
}

function conjunction(reader: Reader, depth: number): Truth {
	let truth = primary(reader, depth);
	while (reader.words[reader.position] === (reader.double ? '&&' : '-a')) {
		reader.position++;
		truth = and(truth, primary(reader, depth));
	}
	return truth;
}

function primary(reader: Reader, depth: number): Truth {
	const rest = reader.words.length - reader.position;
	const word = reader.words[reader.position];
	if (rest <= 0) return reader.words.length === 0 ? false : undefined;
	if (word === '!' && rest > 1 && depth < 60) {
		reader.position++;
		return not(primary(reader, depth + 1));
	}
	const operator = reader.words[reader.position + 1];
	if (rest >= 3 && operator !== undefined && binaries.has(operator)) {
		reader.position += 3;
		return binary(reader, word, operator, reader.words[reader.position - 1]);
	}
	if (word === '(' && depth < 60) {
		reader.position++;
		const truth = disjunction(reader, depth + 1);
		if (reader.words[reader.position] !== ')') return undefined;
		reader.position++;
		return truth;
	}
	if (rest >= 2 && word !== undefined && /^-[a-zA-Z]$/.test(word) && !(word === '-a' || word === '-o')) {
		reader.position += 2;
		return unary(reader, word, reader.words[reader.position - 1]);
	}
	reader.position++;
	return word === undefined ? undefined : word !== '';
}

const binaries = new Set(['=', '==', '!=', '=~', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

function binary({ double, script }: Reader, left: Value, operator: string, right: Value): Truth {
	// dash has no == in [: it complains, and the answer is no
	if (operator === '==' && !double && script.dialect === 'dash') return false;
	if (left === undefined || right === undefined) return undefined;
	switch (operator) {
		case '=':
		case '==':
			return double ? matchesPattern(right, left) : left === right;
		case '!=':
			return double ? !matchesPattern(right, left) : left !== right;
	}
	const numbers = [left, right].map((text) => (/^\s*[-+]?\d{1,15}\s*$/.test(text) ? Number.parseInt(text, 10) : Number.NaN));
	const [a = Number.NaN, b = Number.NaN] = numbers;
	if (!operator.startsWith('-') || Number.isNaN(a) || Number.isNaN(b)) return undefined;
	const comparisons = new Map([
		['-eq', a === b],
		['-ne', a !== b],
		['-lt', a < b],
		['-le', a <= b],
		['-gt', a > b],
		['-ge', a >= b],
	]);
	return comparisons.get(operator);
}

function unary(reader: Reader, operator: string, operand: Value): Truth {
	const { state, script } = reader;
	if (operator === '-t') return false;
	if (operand === undefined) return undefined;
	if (operator === '-n') return operand !== '';
	if (operator === '-z') return operand === '';
	if (operator === '-v') return state.variables.has(operand);
	if (state.workingDir === undefined && !operand.startsWith('/')) return undefined;
	return operand === '' ? false : fileTest(operator, absolutePath(operand, state.workingDir ?? '/'), state, script);
}

function fileTest(operator: string, path: string, state: ShellState, { place }: Script): Truth {
	const made = state.files.get(path);
	if (made === 'unknown') return undefined;
	if (made !== undefined) {
		if (operator === '-e') return made !== 'gone';
		if (operator === '-f' || operator === '-d') return made === (operator === '-f' ? 'file' : 'directory');
		return made === 'gone' ? false : undefined;
	}
	// the engine mounts these when the container starts
	if (/^\/(proc|sys|dev)(\/|$)/.test(path)) return undefined;
	const entry = place.rootfs.resolve(path, { followLast: !(operator === '-L' || operator === '-h') });
	if (entry === undefined) return place.mayBeThere(path) ? undefined : false;
	switch (operator) {
		case '-e':
			return true;
		case '-f':
			return entry.type === 'file';
		case '-d':
			return entry.type === 'directory';
		case '-s':
			return entry.type === 'file' ? entry.size > 0 : undefined;
		case '-L':
		case '-h':
			return entry.type === 'symlink';
		case '-S':
			return entry.type === 'socket';
		case '-p':
			return entry.type === 'fifo';
		case '-r':
		case '-w':
		case '-x':
			return access(place.rootfs, path, place.who, wishes[operator]).answer === 'yes';
		default:
			return undefined;
	}
}

const wishes = { '-r': 'read', '-w': 'write', '-x': 'execute' } as const;
