/**
 * The shape of a part of a report, from which its JSON Schema is made. The type parameter is the TypeScript type it stands
 * for; reports.ts asks the compiler whether it is exactly that of the report, so the schema cannot fall behind.
 */
export type Node<T = unknown> = (
	| { readonly kind: 'text'; readonly values?: readonly string[]; readonly pattern?: string }
	| { readonly kind: 'count' | 'flag' | 'nothing' }
	| { readonly kind: 'list'; readonly of: Node }
	| { readonly kind: 'table'; readonly of: Node }
	| { readonly kind: 'either'; readonly of: readonly Node[] }
	| { readonly kind: 'object'; readonly required: Fields; readonly optional: Fields }
) & {
	/** Named nodes become definitions that others refer to. */
	readonly name?: string;
	readonly about?: string;
	/** Never there; carries the type. */
	readonly type?: T;
};

export type Fields = Readonly<Record<string, Node>>;

type TypeOf<N> = N extends Node<infer T> ? T : never;

type ObjectOf<R extends Fields, O extends Fields> = Flat<
	{ readonly [K in keyof R]: TypeOf<R[K]> } & { readonly [K in keyof O]?: TypeOf<O[K]> }
>;
type Flat<T> = { [K in keyof T]: T[K] };

export const text: Node<string> = { kind: 'text' };
/** A whole number from 0 on: a count, bytes, a line. */
export const count: Node<number> = { kind: 'count' };
export const flag: Node<boolean> = { kind: 'flag' };
export const nothing: Node<null> = { kind: 'nothing' };

export function oneOf<const V extends string>(...values: readonly V[]): Node<V> {
	return { kind: 'text', values };
}

/** A text of a known form. */
export function form(pattern: string): Node<string> {
	return { kind: 'text', pattern };
}

export function list<T>(of: Node<T>): Node<readonly T[]> {
	return { kind: 'list', of };
}

/** An object whose names are not fixed. */
export function table<T>(of: Node<T>): Node<Readonly<Record<string, T>>> {
	return { kind: 'table', of };
}

export function either<A, B>(a: Node<A>, b: Node<B>): Node<A | B> {
	return { kind: 'either', of: [a, b] };
}

export function object<R extends Fields, O extends Fields = Record<never, never>>(required: R, optional?: O): Node<ObjectOf<R, O>> {
	return { kind: 'object', required, optional: optional ?? {} };
}

/** Gives a node a name for others to refer to, and says what it is. */
export function define<T>(name: string, about: string, node: Node<T>): Node<T> {
	return { ...node, name, about };
}
