/**
 * What may stand in a field of footing.yaml. The one table (fields.ts) written with these checks the file, types its value,
 * makes the JSON Schema and the page about it.
 */
export type Shape = TextShape | FlagShape | ListShape | TableShape | MappingShape | EitherShape | AnyShape;

interface Described {
	/** One or two sentences for the page and for editors. */
	readonly about: string;
	/** As it would stand in the file. */
	readonly example?: string;
	/** What is used when the field is not there, in words. */
	readonly without?: string;
}

export interface TextShape extends Described {
	readonly kind: 'text';
	/** The only texts allowed. */
	readonly values?: readonly string[];
	/** Anchored; `says` completes "has to be". */
	readonly pattern?: { readonly regexp: RegExp; readonly says: string };
}

interface FlagShape extends Described {
	readonly kind: 'flag';
}

export interface ListShape extends Described {
	readonly kind: 'list';
	readonly of: Shape;
}

/** A mapping whose names are the user's own. */
export interface TableShape extends Described {
	readonly kind: 'table';
	readonly of: Shape;
	readonly names: { readonly regexp: RegExp; readonly says: string };
}

export interface MappingShape extends Described {
	readonly kind: 'mapping';
	readonly fields: Readonly<Record<string, Shape>>;
	readonly required?: readonly string[];
}

/** Two ways to write the same field. */
export interface EitherShape extends Described {
	readonly kind: 'either';
	readonly short: TextShape;
	readonly long: MappingShape | ListShape;
}

/** Kept for another reader, not looked at here. */
interface AnyShape extends Described {
	readonly kind: 'any';
}

/** The type of a checked value. Tables are maps, so that no name of the user's becomes a property. */
export type ValueOf<S> = S extends { readonly kind: 'text'; readonly values: readonly (infer V)[] }
	? V
	: S extends { readonly kind: 'text' }
		? string
		: S extends { readonly kind: 'flag' }
			? boolean
			: S extends { readonly kind: 'list'; readonly of: infer Of }
				? readonly ValueOf<Of>[]
				: S extends { readonly kind: 'table'; readonly of: infer Of }
					? ReadonlyMap<string, ValueOf<Of>>
					: S extends { readonly kind: 'mapping'; readonly fields: infer F }
						? { readonly [K in keyof F]?: ValueOf<F[K]> }
						: S extends { readonly kind: 'either'; readonly short: infer Short; readonly long: infer Long }
							? ValueOf<Short> | ValueOf<Long>
							: unknown;
