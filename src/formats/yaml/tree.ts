/** A YAML document as plain values with their places; lines and columns counted from 1. */
export type Tree = ScalarTree | ListTree | MappingTree;

interface Placed {
	readonly line: number;
	readonly column: number;
}

export interface ScalarTree extends Placed {
	readonly kind: 'scalar';
	/** As YAML's core schema reads it. */
	readonly value: string | number | bigint | boolean | null;
	/** As written: `1.10` stays `1.10`. */
	readonly text: string;
}

interface ListTree extends Placed {
	readonly kind: 'list';
	readonly items: readonly Tree[];
}

export interface MappingTree extends Placed {
	readonly kind: 'mapping';
	readonly pairs: readonly { readonly name: string; readonly at: Placed; readonly value: Tree }[];
}

/** What is wrong and where. */
export interface Fault extends Placed {
	readonly message: string;
}
