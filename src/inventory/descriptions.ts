import { limits } from '../model/limits.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { Rootfs } from '../model/rootfs.ts';
import { brokenDatabase, type Catalog, nothing } from './cataloger.ts';

/** Files of which each describes what was installed beside it, wherever they lie. */
export interface Descriptions {
	/** Whether the file at this path is one. */
	readonly at: (path: string) => boolean;
	/** The packages that one describes; a text says why it cannot be read. */
	readonly read: (path: string, body: Uint8Array) => readonly Package[] | string;
	/** Bytes of the largest that is read. */
	readonly limit?: number;
}

/** The packages of a language: one broken or oversized description is a problem and hides packages, the others are read. */
export async function catalogDescriptions(rootfs: Rootfs, { at, read, limit = limits.sourceFile }: Descriptions): Promise<Catalog> {
	const packages: Package[] = [];
	const problems: Problem[] = [];
	const paths: string[] = [];
	for (const { type, path, size } of rootfs.entries()) {
		if (type !== 'file' || !at(path)) continue;
		if (size <= limit) paths.push(path);
		else
			problems.push({
				code: 'broken-record',
				where: path,
				message: `it is larger than the ${limit} bytes that are read of one`,
			});
	}
	for (const [path, body] of await rootfs.readMany(paths, { limit })) {
		const found = read(path, body);
		if (typeof found === 'string') problems.push({ code: 'broken-record', where: path, message: found });
		else packages.push(...found);
	}
	if (packages.length + problems.length === 0) return nothing;
	return { packages, present: packages.length > 0, problems, blindSpots: brokenDatabase(problems) };
}
