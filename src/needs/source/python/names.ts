import { is, type Line, nameAt, past } from './module-text.ts';

/** What the names of a module stand for: `sp` → `subprocess`, `run` → `subprocess.run`. Scopes are not told apart. */
export type Names = ReadonlyMap<string, string>;

/** One module or name that is imported. */
export interface PythonImport {
	/** Dotted, without the leading dots of a relative import. */
	readonly module: string;
	/** Dots before it: 0 is an absolute import. */
	readonly level: number;
	/** Name taken out of it, which may be a module itself. */
	readonly name?: string;
	/** Index of its logical line. */
	readonly at: number;
}

/** The imports of a module and what its names stand for. */
export function importsOf(lines: readonly Line[]): { readonly imports: readonly PythonImport[]; readonly names: Names } {
	const imports: PythonImport[] = [];
	const names = new Map<string, string>([
		['open', 'open'],
		['__import__', '__import__'],
	]);
	for (const [at, line] of lines.entries())
		for (const start of statements(line)) {
			if (is(line, start, 'import')) plainImport(line, start, at, imports, names);
			else if (is(line, start, 'from')) fromImport(line, start, at, imports, names);
			else if (is(line, start + 1, '=')) alias(line, start, names);
		}
	return { imports, names };
}

/** Where the statements of a line begin: behind `;` and behind the colon of a header. */
function statements(line: Line): readonly number[] {
	const starts = [0];
	for (let at = 0; at < line.tokens.length; at = past(line, at)) if (is(line, at, ';') || is(line, at, ':')) starts.push(at + 1);
	return starts.slice(0, 50);
}

/** Reads `a.b.c`; the index behind it. */
function dotted(line: Line, start: number): { readonly name: string; readonly end: number } {
	const parts: string[] = [];
	let at = start;
	for (let name = nameAt(line, at); name !== undefined; name = nameAt(line, at)) {
		parts.push(name);
		at += 1;
		if (!is(line, at, '.')) break;
		at += 1;
	}
	return { name: parts.join('.'), end: at };
}

function plainImport(line: Line, start: number, at: number, imports: PythonImport[], names: Map<string, string>): void {
	for (let i = start + 1; i < line.tokens.length; i += 1) {
		const { name, end } = dotted(line, i);
		if (name === '') return;
		imports.push({ module: name, level: 0, at });
		const renamed = is(line, end, 'as') ? nameAt(line, end + 1) : undefined;
		const top = name.split('.', 1)[0] as string;
		names.set(renamed ?? top, renamed === undefined ? top : name);
		i = renamed === undefined ? end : end + 2;
		if (!is(line, i, ',')) return;
	}
}

function fromImport(line: Line, start: number, at: number, imports: PythonImport[], names: Map<string, string>): void {
	let level = 0;
	let i = start + 1;
	for (; is(line, i, '.') || is(line, i, '...'); i += 1) level += is(line, i, '...') ? 3 : 1;
	const from = is(line, i, 'import') ? { name: '', end: i } : dotted(line, i);
	if (!is(line, from.end, 'import')) return;
	const module = from.name;
	for (i = from.end + 1; i < line.tokens.length; i += 1) {
		if (is(line, i, '(') || is(line, i, ',') || is(line, i, ')')) continue;
		const name = nameAt(line, i);
		if (name === undefined) {
			imports.push({ module, level, at });
			return;
		}
		imports.push({ module, level, name, at });
		const renamed = is(line, i + 1, 'as') ? nameAt(line, i + 2) : undefined;
		if (level === 0) names.set(renamed ?? name, `${module}.${name}`);
		if (renamed !== undefined) i += 2;
		if (is(line, i + 1, ';')) return;
	}
}

/** `run = subprocess.run` */
function alias(line: Line, start: number, names: Map<string, string>): void {
	const name = nameAt(line, start);
	const found = dottedAt(line, start + 2, names);
	const ends = found !== undefined && (found.end === line.tokens.length || is(line, found.end, ';'));
	if (name !== undefined && ends && !names.has(name) && found.name.includes('.')) names.set(name, found.name);
}

/** The full name of what begins at an index, when its first name comes from an import. */
export function dottedAt(line: Line, start: number, names: Names): { readonly name: string; readonly end: number } | undefined {
	const first = nameAt(line, start);
	const known = first === undefined || is(line, start - 1, '.') ? undefined : names.get(first);
	if (known === undefined) return undefined;
	const { name, end } = dotted(line, start);
	return { name: `${known}${name.slice((first as string).length)}`, end };
}
