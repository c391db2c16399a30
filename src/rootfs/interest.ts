import { limits } from '../model/limits.ts';
import type { Interest } from '../model/rootfs.ts';

/** Whether the body of a regular file is to be kept. */
export type Matcher = (path: string, size: number) => boolean;

/** One interest that asks for all that several ask for. */
export function unite(interests: readonly Interest[]): Interest {
	const all = <K extends 'paths' | 'prefixes' | 'basenames' | 'suffixes' | 'jars'>(key: K): readonly string[] => [
		...new Set(interests.flatMap((i) => i[key] ?? [])),
	];
	const largest = (key: 'maxBytes' | 'scripts'): number => Math.max(0, ...interests.map((i) => i[key] ?? 0));
	return {
		paths: all('paths'),
		prefixes: all('prefixes'),
		basenames: all('basenames'),
		suffixes: all('suffixes'),
		...(largest('maxBytes') > 0 ? { maxBytes: largest('maxBytes') } : {}),
		scripts: largest('scripts'),
		marks: [...new Map(interests.flatMap((i) => i.marks ?? []).map((m) => [JSON.stringify(m), m])).values()],
		symbols: interests.some((i) => i.symbols === true),
		built: interests.some((i) => i.built === true),
		jars: all('jars'),
	};
}

export function matcher(interest: Interest): Matcher {
	const paths = new Set(interest.paths);
	const basenames = new Set(interest.basenames);
	const prefixes = interest.prefixes ?? [];
	const suffixes = interest.suffixes ?? [];
	const pathLimit = interest.maxBytes ?? limits.textDatabase;
	const otherLimit = interest.maxBytes ?? limits.sourceFile;
	return (path, size) => {
		if (size > pathLimit) return false;
		if (paths.has(path)) return true;
		if (size > otherLimit) return false;
		if (basenames.size > 0 && basenames.has(path.slice(path.lastIndexOf('/') + 1))) return true;
		return prefixes.some((p) => path.startsWith(p)) || suffixes.some((s) => path.endsWith(s));
	};
}
