import type { Tree } from './tree.ts';

/** Mappings merged into others; deeper is nobody's. */
const maxMerges = 8;

/**
 * The fields of a mapping by name, those that `<<` brings in behind its own (YAML's merge key, which Compose knows); of
 * anything else none.
 */
export function fieldsOf(tree: Tree | undefined, depth = 0): ReadonlyMap<string, Tree> {
	const fields = new Map<string, Tree>();
	if (tree?.kind !== 'mapping' || depth > maxMerges) return fields;
	for (const { name, value } of tree.pairs) if (name !== '<<' && !fields.has(name)) fields.set(name, value);
	for (const { name, value } of tree.pairs)
		if (name === '<<')
			for (const merged of value.kind === 'list' ? value.items : [value])
				for (const [inner, field] of fieldsOf(merged, depth + 1)) if (!fields.has(inner)) fields.set(inner, field);
	return fields;
}

/** The field at a path of names. */
export function fieldAt(tree: Tree | undefined, ...names: readonly string[]): Tree | undefined {
	return names.reduce<Tree | undefined>((at, name) => fieldsOf(at).get(name), tree);
}

/** A scalar as it was written; undefined for null, a list and a mapping. */
export function textOf(tree: Tree | undefined): string | undefined {
	return tree?.kind === 'scalar' && tree.value !== null ? tree.text : undefined;
}

export const isTrue = (tree: Tree | undefined): boolean => tree?.kind === 'scalar' && tree.value === true;

export function itemsOf(tree: Tree | undefined): readonly Tree[] {
	return tree?.kind === 'list' ? tree.items : [];
}
