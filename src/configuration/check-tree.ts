import type { Fault, MappingTree, Tree } from '../formats/yaml/tree.ts';
import { nearest } from '../model/nearest.ts';
import { quote } from '../model/quote.ts';
import type { EitherShape, ListShape, MappingShape, Shape, TableShape, TextShape } from './shape.ts';

/** Checks a tree against a shape; the value is complete only when no fault was found. */
export function checkTree(tree: Tree, shape: Shape, where: string, faults: Fault[]): unknown {
	if (tree.kind === 'scalar' && tree.value === null && shape.kind !== 'any') return undefined;
	switch (shape.kind) {
		case 'text':
			return checkText(tree, shape, where, faults);
		case 'flag':
			if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value;
			return fault(faults, tree, `${where} has to be true or false, not ${said(tree)}`);
		case 'list':
			return checkList(tree, shape, where, faults);
		case 'table':
			return checkTable(tree, shape, where, faults);
		case 'mapping':
			return checkMapping(tree, shape, where, faults);
		case 'either':
			return checkEither(tree, shape, where, faults);
		case 'any':
			return tree;
	}
}

function fault(faults: Fault[], { line, column }: Pick<Fault, 'line' | 'column'>, message: string): undefined {
	faults.push({ line, column, message });
	return undefined;
}

/** What stands there instead, for messages. */
function said(tree: Tree): string {
	if (tree.kind === 'list') return 'a list';
	return tree.kind === 'mapping' ? 'a mapping' : `"${quote(tree.text, 60)}"`;
}

/** Numbers and truth values are taken as they are written: `1.10` is a version, not 1.1. */
function checkText(tree: Tree, { values, pattern }: TextShape, where: string, faults: Fault[]): string | undefined {
	if (tree.kind !== 'scalar') return fault(faults, tree, `${where} has to be a text, not ${said(tree)}`);
	const { text } = tree;
	if (values !== undefined && !values.includes(text)) {
		const meant = nearest(text, values);
		const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
		return fault(faults, tree, `${where} has to be one of ${values.join(', ')}, not ${said(tree)}${hint}`);
	}
	if (text === '') return fault(faults, tree, `${where} is empty`);
	if (pattern !== undefined && !pattern.regexp.test(text))
		return fault(faults, tree, `${where} has to be ${pattern.says}, not ${said(tree)}`);
	return text;
}

function checkList(tree: Tree, { of }: ListShape, where: string, faults: Fault[]): readonly unknown[] | undefined {
	if (tree.kind !== 'list') return fault(faults, tree, `${where} has to be a list, not ${said(tree)}`);
	return tree.items.map((item, index) => checkTree(item, of, `${where}[${index}]`, faults)).filter((value) => value !== undefined);
}

function checkTable(tree: Tree, { of, names }: TableShape, where: string, faults: Fault[]): ReadonlyMap<string, unknown> | undefined {
	if (tree.kind !== 'mapping') return fault(faults, tree, `${where} has to be a mapping, not ${said(tree)}`);
	const table = new Map<string, unknown>();
	for (const { name, at, value } of tree.pairs) {
		if (!names.regexp.test(name)) fault(faults, at, `"${quote(name, 60)}" in ${where} has to be ${names.says}`);
		else if (value.kind === 'scalar' && value.value === null) fault(faults, at, `${where}.${name} is empty`);
		else table.set(name, checkTree(value, of, `${where}.${name}`, faults));
	}
	return table;
}

/** The value has the fields of the shape as its own; no name of the file becomes a property. */
function checkMapping(tree: Tree, shape: MappingShape, where: string, faults: Fault[]): Readonly<Record<string, unknown>> | undefined {
	if (tree.kind !== 'mapping') return fault(faults, tree, `${where} has to be a mapping, not ${said(tree)}`);
	const known = Object.keys(shape.fields);
	for (const { name, at } of tree.pairs) if (!known.includes(name)) fault(faults, at, unknownField(name, known, where));
	for (const name of shape.required ?? []) if (pairOf(tree, name) === undefined) fault(faults, tree, `${where} has no ${name}`);
	const found = known.map((name) => {
		const pair = pairOf(tree, name);
		return [
			name,
			pair === undefined ? undefined : checkTree(pair.value, shape.fields[name] as Shape, inside(where, name), faults),
		] as const;
	});
	return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function pairOf(tree: MappingTree, name: string): MappingTree['pairs'][number] | undefined {
	return tree.pairs.find((pair) => pair.name === name);
}

function inside(where: string, name: string): string {
	return where === 'the file' ? name : `${where}.${name}`;
}

function unknownField(name: string, known: readonly string[], where: string): string {
	const meant = nearest(name, known);
	const rest = meant === undefined ? `; the fields are ${known.join(', ')}` : `; did you mean "${meant}"?`;
	return `unknown field "${quote(name, 60)}"${where === 'the file' ? '' : ` in ${where}`}${rest}`;
}

function checkEither(tree: Tree, { short, long }: EitherShape, where: string, faults: Fault[]): unknown {
	if (tree.kind === 'scalar') return checkText(tree, short, where, faults);
	return checkTree(tree, long, where, faults);
}
