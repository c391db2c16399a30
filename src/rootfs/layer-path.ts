import { FootingError } from '../model/errors.ts';
import { components } from '../model/file-tree.ts';
import { limits } from '../model/limits.ts';

const odd = /\/\/|\/\.(?:\/|$)|\.\./;

/**
 * The absolute path that a name in a layer stands for: `./usr/bin/` is `/usr/bin`, `.` is `/`. A `..` that would leave
 * the root gives undefined: engines refuse such an entry.
 * @throws FootingError `limit` when deeper than `limits.depth`
 */
export function layerPath(name: string): string | undefined {
	let start = 0;
	if (name.startsWith('./')) start = 2;
	while (name.charCodeAt(start) === 0x2f) start += 1;
	let end = name.length;
	while (end > start && name.charCodeAt(end - 1) === 0x2f) end -= 1;
	const path = `/${name.slice(start, end)}`;
	if (path.length > 512) checkDepth(path);
	if (path === '/.') return '/';
	return odd.test(path) || path.startsWith('/./') ? normal(path) : path;
}

function normal(path: string): string | undefined {
	const kept: string[] = [];
	for (const name of components(path)) {
		if (name !== '..') kept.push(name);
		else if (kept.pop() === undefined) return undefined;
	}
	return `/${kept.join('/')}`;
}

function checkDepth(path: string): void {
	let depth = 0;
	for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) depth += 1;
	if (depth > limits.depth)
		throw new FootingError('limit', `cannot read the layer: a path of ${depth} components; the limit is ${limits.depth}`);
}
