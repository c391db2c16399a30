import type { Node } from './node.ts';

/** Interfaces, intersections and mapped types as one plain form, so that only what they hold is compared. */
type Plain<T> = T extends string | number | boolean | null | undefined
	? T
	: T extends readonly (infer Item)[]
		? readonly Plain<Item>[]
		: { [K in keyof T]: Plain<T[K]> };

/** Identical, not only assignable: an optional field that one of them lacks is a difference. */
type Same<A, B> = (<G>() => G extends Plain<A> ? 1 : 2) extends <G>() => G extends Plain<B> ? 1 : 2 ? true : false;

/** Does not compile unless the node stands for exactly the type: `exactly<InspectReport>()(node)`. */
export function exactly<T>(): <N extends Node>(
	node: N & (N extends Node<infer S> ? (Same<S, T> extends true ? N : never) : never),
) => Node<T> {
	return (node) => node as Node as Node<T>;
}
