interface Operation {
	readonly kind: ' ' | '-' | '+';
	readonly line: string;
}

/** More lines than this on both sides of the changed part are replaced as one block rather than compared. */
const comparedLines = 2000;

/**
 * A unified diff (POSIX `diff -u`, with git's `a/` and `b/` prefixes) that `patch -p1` and `git apply` accept; empty when
 * nothing differs. `path` is relative, `/`-separated.
 */
export function unifiedDiff(path: string, before: string, after: string, context = 3): string {
	if (before === after) return '';
	const operations = compare(linesOf(before), linesOf(after));
	const name = /[\s"\\]/.test(path) ? path.replace(/[\t\n"\\]/g, '_') : path;
	return `--- a/${name}\n+++ b/${name}\n${hunks(operations, context).join('')}`;
}

/** Lines with their ends; a last line without an end is marked as diff does. */
function linesOf(text: string): readonly string[] {
	const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	return lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`));
}

function compare(before: readonly string[], after: readonly string[]): readonly Operation[] {
	let head = 0;
	while (head < before.length && head < after.length && before[head] === after[head]) head++;
	let tail = 0;
	while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	const same = (line: string): Operation => ({ kind: ' ', line });
	return [
		...before.slice(0, head).map(same),
		...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
		...before.slice(before.length - tail).map(same),
	];
}

/** Longest common subsequence by the quadratic table; blocks too large for it are replaced whole. */
function middle(before: readonly string[], after: readonly string[]): readonly Operation[] {
	const result: Operation[] = [];
	const width = after.length + 1;
	const compared = before.length <= comparedLines && after.length <= comparedLines;
	const table = compared ? lengths(before, after) : undefined;
	let i = 0;
	let j = 0;
	while (i < before.length || j < after.length) {
		if (table && i < before.length && j < after.length && before[i] === after[j]) {
			result.push({ kind: ' ', line: before[i] as string });
			i++;
			j++;
		} else if (i < before.length && (!table || j >= after.length || at(table, (i + 1) * width + j) >= at(table, i * width + j + 1)))
			result.push({ kind: '-', line: before[i++] as string });
		else result.push({ kind: '+', line: after[j++] as string });
	}
	return result;
}

const at = (table: Uint16Array, index: number): number => table[index] ?? 0;

function lengths(before: readonly string[], after: readonly string[]): Uint16Array {
	const width = after.length + 1;
	const table = new Uint16Array((before.length + 1) * width);
	for (let i = before.length - 1; i >= 0; i--)
		for (let j = after.length - 1; j >= 0; j--)
			table[i * width + j] =
				before[i] === after[j]
					? at(table, (i + 1) * width + j + 1) + 1
					: Math.max(at(table, (i + 1) * width + j), at(table, i * width + j + 1));
	return table;
}

function hunks(operations: readonly Operation[], context: number): readonly string[] {
	const changed = operations.flatMap((operation, index) => (operation.kind === ' ' ? [] : [index]));
	const result: string[] = [];
	for (let n = 0; n < changed.length; ) {
		let last = n;
		while (last + 1 < changed.length && (changed[last + 1] as number) - (changed[last] as number) <= 2 * context) last++;
		const start = Math.max(0, (changed[n] as number) - context);
		result.push(hunk(operations, start, Math.min(operations.length, (changed[last] as number) + context + 1)));
		n = last + 1;
	}
	return result;
}

function hunk(operations: readonly Operation[], start: number, end: number): string {
	const count = (from: number, to: number, kind: '-' | '+'): number =>
		operations.slice(from, to).filter((operation) => operation.kind === ' ' || operation.kind === kind).length;
	const range = (kind: '-' | '+'): string => {
		const lines = count(start, end, kind);
		return `${kind}${count(0, start, kind) + (lines === 0 ? 0 : 1)},${lines}`;
	};
	const body = operations.slice(start, end).map((operation) => operation.kind + operation.line);
	return `@@ ${range('-')} ${range('+')} @@\n${body.join('')}`;
}
