import type { DockerfileEdit } from '../../model/need.ts';
import { splitLines } from './lines.ts';

/**
 * Applies edits to a Dockerfile's text; lines that no edit names keep every character. Edits name lines of the text as it
 * is before any of them. `insert-before` a line beyond the last appends. Equal edits count once; of two replacements of the
 * same line the first wins.
 */
export function applyEdits(text: string, edits: readonly DockerfileEdit[]): string {
	const lines = splitLines(text);
	const end = lines[0]?.raw.endsWith('\r\n') ? '\r\n' : '\n';
	const own = distinct(edits);
	const block = (edit: DockerfileEdit): string =>
		edit.text
			.replace(/\r?\n$/, '')
			.split(/\r?\n/)
			.join(end) + end;
	const inserted = (kind: DockerfileEdit['kind'], line: number): string =>
		own
			.filter((edit) => edit.kind === kind && Math.min(edit.line, lines.length + 1) === line)
			.map(block)
			.join('');
	let result = '';
	for (let number = 1; number <= lines.length + 1; number++) {
		result += inserted('insert-before', number);
		const replacement = own.find((edit) => edit.kind === 'replace' && edit.line <= number && number <= (edit.endLine ?? edit.line));
		if (replacement?.line === number) result += block(replacement);
		else if (!replacement) result += lines[number - 1]?.raw ?? '';
		const after = inserted('insert-after', number);
		if (after !== '' && result !== '' && !result.endsWith('\n')) result += end;
		result += after;
		if (number === lines.length && result !== '' && !result.endsWith('\n') && inserted('insert-before', number + 1) !== '') result += end;
	}
	return result;
}

function distinct(edits: readonly DockerfileEdit[]): readonly DockerfileEdit[] {
	const seen = new Map(edits.map((edit) => [`${edit.kind} ${edit.line} ${edit.endLine ?? edit.line} ${edit.text}`, edit]));
	const result: DockerfileEdit[] = [];
	for (const edit of seen.values()) {
		const overlaps = (other: DockerfileEdit): boolean =>
			other.kind === 'replace' && other.line <= (edit.endLine ?? edit.line) && edit.line <= (other.endLine ?? other.line);
		if (edit.kind !== 'replace' || !result.some(overlaps)) result.push(edit);
	}
	return result;
}
