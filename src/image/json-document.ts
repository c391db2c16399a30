import { type ErrorCode, FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';

/** A JSON object with its names as keys of a Map, so that `__proto__` is a name like any other. */
export type JsonObject = ReadonlyMap<string, unknown>;

/** How a document is named in messages, and the code of its errors. */
export interface DocumentKind {
	readonly what: string;
	readonly code: ErrorCode;
}

export function broken(kind: DocumentKind, why: string, cause?: unknown): FootingError {
	return new FootingError(kind.code, `cannot read ${kind.what}: ${why}`, { cause });
}

/** The object that a document holds. A byte order mark at its start is passed over. */
export function parseObject(bytes: Uint8Array, kind: DocumentKind): JsonObject {
	const value = parseJson(bytes, kind);
	const object = asObject(value);
	if (object === undefined) throw broken(kind, `it holds ${typeName(value)}, not an object`);
	return object;
}

export function parseJson(bytes: Uint8Array, kind: DocumentKind): unknown {
	if (bytes.length > limits.document)
		throw new FootingError('limit', `cannot read ${kind.what}: ${bytes.length} bytes are more than the limit of ${limits.document}`);
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		// the engine's own message quotes the document, which may be any file of this machine
		throw broken(kind, 'it is not JSON', error);
	}
}

export function asObject(value: unknown): JsonObject | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}

/** Absent and `null` are empty, as the engines have it. */
export function listField(object: JsonObject, name: string, kind: DocumentKind): readonly unknown[] {
	const value = object.get(name) ?? [];
	if (!Array.isArray(value)) throw broken(kind, `${name} is ${typeName(value)}, not a list`);
	return value;
}

/** Absent and `null` are the empty text. */
export function textField(object: JsonObject, name: string, kind: DocumentKind): string {
	const value = object.get(name) ?? '';
	if (typeof value !== 'string') throw broken(kind, `${name} is ${typeName(value)}, not a text`);
	return value;
}

export function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'string') return 'a text';
	return value === undefined ? 'nothing' : `a ${typeof value}`;
}

/**
 * The same object under the names of a specification. Engines match names whatever their case, so `user` beside `User`
 * would be read by them and not by us: both count, the last one wins, and the odd spellings are returned.
 */
export function canonicalNames(
	object: JsonObject,
	names: readonly string[],
): { readonly object: JsonObject; readonly odd: readonly string[] } {
	const known = new Map(names.map((name) => [fold(name), name]));
	const result = new Map<string, unknown>();
	const odd: string[] = [];
	for (const [key, value] of object) {
		const name = known.get(fold(key)) ?? key;
		if (name !== key) odd.push(key);
		result.set(name, value);
	}
	return { object: result, odd };
}

/** Upper case first: it folds the long s and the Kelvin sign as encoding/json does. */
function fold(name: string): string {
	return name.toUpperCase().toLowerCase();
}
