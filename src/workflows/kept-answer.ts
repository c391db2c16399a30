import type { Host } from '../model/host.ts';
import type { Image } from '../model/image.ts';

/** The place in the cache of something that was found out. */
export interface KeptAnswer<T> {
	get(): Promise<T | undefined>;
	put(answer: T): Promise<void>;
}

/**
 * Where an answer is kept: under this build and everything that the answer follows from. Nothing is kept when one part of
 * that is not known. The answer is plain JSON.
 */
export function keptAnswer<T>({ cache, build }: Host, kind: string, follows: readonly (string | undefined)[]): KeptAnswer<T> {
	if (cache === undefined || build === undefined || follows.includes(undefined)) return { get: async () => undefined, put: async () => {} };
	const key = `${kind}\n${build}\n${JSON.stringify(follows)}`;
	return {
		async get() {
			const bytes = await cache.get(key);
			// the cache gives back only what was put there under this key, whole
			return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as T);
		},
		put: (answer) => cache.put(key, Buffer.from(JSON.stringify(answer))),
	};
}

/**
 * The documents of an image, which name its content by the diffIDs of its layers; undefined when the content of a layer is
 * not known by its digest.
 */
export function documentsOf(image: Image): string | undefined {
	const addressed = image.layers.every(({ diffId, body }) => diffId !== undefined && body.kind !== 'tree');
	return addressed ? JSON.stringify(image, plain) : undefined;
}

/** Maps and sets as lists; where the bytes of a layer lie says nothing of what they are. */
export function plain(name: string, value: unknown): unknown {
	if (name === 'body') return undefined;
	return value instanceof Map || value instanceof Set ? [...value] : value;
}
