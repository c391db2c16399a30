import {
	type Alias,
	Composer,
	CST,
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type ParsedNode,
	Parser,
	type YAMLError,
} from 'yaml';
import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { Fault, MappingTree, ScalarTree, Tree } from './tree.ts';

/** What people write by hand is small; whatever is larger is none of it. */
const bounds = {
	/** characters */
	text: 256 * 1024,
	/** nesting */
	depth: 64,
	/** values, each alias counted as often as it is used */
	values: 10_000,
} as const;

export interface TreeResult {
	/** Absent when the file is empty or could not be read as YAML. */
	readonly tree?: Tree;
	readonly faults: readonly Fault[];
}

export interface TreesResult {
	/** One for each document that is not empty. */
	readonly trees: readonly Tree[];
	readonly faults: readonly Fault[];
}

/**
 * Reads YAML 1.2 (core schema, one document, no custom tags, no merge keys) without building objects from its names. The
 * parser is recursive, so nesting is measured on its tokens first; aliases are counted, not trusted.
 * @throws FootingError `limit` for a text, nesting or number of values beyond the bounds
 */
export function readTree(text: string, file: string): TreeResult {
	const { documents, lines } = compose(text, file);
	const [document] = documents;
	if (document === undefined) return { faults: [] };
	const faults = [...document.errors, ...document.warnings].map((error) => faultOf(error, lines));
	if (documents.length > 1)
		faults.push({ ...placeOf(documents[1]?.range[0] ?? 0, lines), message: 'a second document begins here: one is read' });
	if (faults.length > 0 || document.contents === null) return { faults };
	const builder = new TreeBuilder(lines, file);
	const tree = builder.build(document.contents);
	return { tree, faults: builder.faults };
}

/**
 * The same for a stream of documents, as Kubernetes' manifests are; tags that are not known are passed over.
 * @throws FootingError `limit`
 */
export function readTrees(text: string, file: string): TreesResult {
	const { documents, lines } = compose(text, file);
	const faults = documents.flatMap(({ errors }) => errors).map((error) => faultOf(error, lines));
	if (faults.length > 0) return { trees: [], faults };
	const builder = new TreeBuilder(lines, file);
	const trees = documents.flatMap(({ contents }) => {
		if (contents === null) return [];
		builder.forget();
		return [builder.build(contents)];
	});
	return { trees, faults: builder.faults };
}

function compose(text: string, file: string): { readonly documents: readonly Document.Parsed[]; readonly lines: LineCounter } {
	if (text.length > bounds.text) throw tooMuch(file, `it is longer than ${bounds.text} characters`);
	const lines = new LineCounter();
	const tokens = [...new Parser(lines.addNewLine).parse(text)];
	if (isDeeper(tokens, bounds.depth)) throw tooMuch(file, `it is nested deeper than ${bounds.depth} levels`);
	const composer = new Composer({ lineCounter: lines, prettyErrors: false, schema: 'core', resolveKnownTags: false });
	return { documents: [...composer.compose(tokens, true, text.length)], lines };
}

function tooMuch(file: string, why: string): FootingError {
	return new FootingError('limit', `cannot read ${quote(file)}: ${why}`);
}

/** Walks the tokens without recursion. */
function isDeeper(tokens: readonly CST.Token[], limit: number): boolean {
	let level: CST.Token[] = [...tokens];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > limit) return true;
		level = level.flatMap(childrenOf);
	}
	return false;
}

function childrenOf(token: CST.Token): CST.Token[] {
	if (token.type === 'document') return token.value === undefined ? [] : [token.value];
	if (!CST.isCollection(token)) return [];
	return token.items.flatMap(({ key, value }) => [key, value].filter((one) => one !== undefined && one !== null));
}

function placeOf(offset: number, lines: LineCounter): { readonly line: number; readonly column: number } {
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}

function faultOf(error: YAMLError, lines: LineCounter): Fault {
	return { ...placeOf(error.pos[0], lines), message: quote(error.message) };
}

/** Turns nodes into values with their places; stops at the bound however few characters an alias takes. */
class TreeBuilder {
	readonly faults: Fault[] = [];
	readonly #lines: LineCounter;
	readonly #file: string;
	readonly #anchors = new Map<string, ParsedNode>();
	#values = 0;

	constructor(lines: LineCounter, file: string) {
		this.#lines = lines;
		this.#file = file;
	}

	/** Anchors are those of one document. */
	forget(): void {
		this.#anchors.clear();
	}

	/** `aliased`: what an alias stands for is walked again, its anchors count no second time. */
	build(node: ParsedNode | null, depth = 0, aliased = false): Tree {
		this.#values += 1;
		if (this.#values > bounds.values) throw tooMuch(this.#file, `it holds more than ${bounds.values} values`);
		if (depth > bounds.depth) throw tooMuch(this.#file, `its aliases nest deeper than ${bounds.depth} levels`);
		if (isAlias(node)) return this.#alias(node, depth + 1);
		if (!aliased && node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
		const at = placeOf(node?.range[0] ?? 0, this.#lines);
		if (isSeq(node))
			return { kind: 'list', ...at, items: node.items.map((item) => this.build(item as ParsedNode | null, depth + 1, aliased)) };
		if (isMap(node)) return { kind: 'mapping', ...at, pairs: node.items.map((pair) => this.#pair(pair as Pair, depth + 1, aliased)) };
		return isScalar(node) ? scalar(node, at) : { kind: 'scalar', ...at, value: null, text: '' };
	}

	#alias(alias: Alias.Parsed, depth: number): Tree {
		const target = this.#anchors.get(alias.source);
		if (target !== undefined) return this.build(target, depth, true);
		const at = placeOf(alias.range[0], this.#lines);
		this.faults.push({ ...at, message: `nothing before it is called &${quote(alias.source, 60)}` });
		return { kind: 'scalar', ...at, value: null, text: '' };
	}

	#pair({ key, value }: Pair, depth: number, aliased: boolean): MappingTree['pairs'][number] {
		const name = this.build(key, depth, aliased);
		const text = name.kind === 'scalar' ? name.text : '';
		return {
			name: text,
			at: { line: name.line, column: name.column },
			value: value === null ? { ...name, kind: 'scalar', value: null, text: '' } : this.build(value, depth, aliased),
		};
	}
}

interface Pair {
	readonly key: ParsedNode;
	readonly value: ParsedNode | null;
}

function scalar(
	node: { readonly value: unknown; readonly source?: string | undefined },
	at: { readonly line: number; readonly column: number },
): ScalarTree {
	const { value } = node;
	if (typeof value === 'string') return { kind: 'scalar', ...at, value, text: value };
	const known = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? value : null;
	return { kind: 'scalar', ...at, value: known, text: node.source ?? '' };
}
