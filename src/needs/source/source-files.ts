import { limits } from '../../model/limits.ts';
import type { Application } from '../../model/need.ts';

/** Bytes of source that are read of one application, and of one file. */
const totalLimit = 96 * 1024 * 1024;
const fileLimit = limits.sourceFile;
/** In an image every read goes through its layers again: what may be asked for is read at once. */
const worthKeeping = /\.([cm]?[jt]sx?|json|py|rb|php|sh)$/;

/** The text files of an application, read when asked for and kept, within bounds. */
export interface SourceFiles {
	/** Texts by the path asked for; what is not there, too large or beyond the bounds is left out. */
	read(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/** Something was left out because of its size. */
	readonly truncated: boolean;
}

export function sourceFiles(application: Application): SourceFiles {
	const { files } = application;
	/** Decoded when it is asked for: of what is read at once only a part is. */
	const kept = new Map<string, string | Uint8Array>();
	const textOf = (path: string): string | undefined => {
		const found = kept.get(path);
		if (!(found instanceof Uint8Array)) return found;
		const text = new TextDecoder().decode(found);
		kept.set(path, text);
		return text;
	};
	let total = 0;
	let truncated = false;
	let prefetched = application.origin !== 'image';
	const load = async (paths: readonly string[]): Promise<void> => {
		const wanted = paths.filter((path) => {
			const size = files.resolve(path)?.size ?? 0;
			const fits = size <= fileLimit && total + size <= totalLimit;
			if (fits) total += size;
			else truncated = true;
			return fits;
		});
		for (const [path, body] of await files.readMany(wanted, { limit: fileLimit }).catch(() => new Map<string, Uint8Array>()))
			kept.set(path, body);
	};
	return {
		get truncated() {
			return truncated;
		},
		async read(paths) {
			if (!prefetched) {
				prefetched = true;
				await load(
					[...files.entries()].filter((e) => e.type === 'file' && e.size <= fileLimit && worthKeeping.test(e.path)).map((e) => e.path),
				);
			}
			const missing = paths.filter((path) => !kept.has(path) && files.resolve(path)?.type === 'file');
			if (missing.length > 0) await load(missing);
			return new Map(
				paths.flatMap((path) => {
					const text = textOf(path);
					return text === undefined ? [] : [[path, text] as const];
				}),
			);
		},
	};
}
