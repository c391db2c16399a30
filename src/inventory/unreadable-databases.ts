import type { BlindSpot } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { Rootfs } from '../model/rootfs.ts';
import type { Cataloger } from './cataloger.ts';

/**
 * Names of package databases behind which there is no file: a pipe, a directory, a link that leads nowhere. What the
 * database would have said is not known, which is not the same as no packages.
 */
export function unreadableDatabases(
	rootfs: Rootfs,
	catalogers: readonly Cataloger[],
): { readonly problems: readonly Problem[]; readonly blindSpots: readonly BlindSpot[] } {
	const problems: Problem[] = [];
	const exact = catalogers.flatMap((cataloger) => cataloger.reads).filter((path) => !path.includes('*'));
	for (const path of new Set(exact)) {
		const name = rootfs.resolve(path, { followLast: false });
		const there = rootfs.resolve(path);
		if (name === undefined || there?.type === 'file') continue;
		const what = there === undefined ? 'a link that leads to nothing' : `a ${there.type}`;
		problems.push({ code: 'unreadable-database', where: path, message: `${what} where a package database should be` });
	}
	const blindSpots = problems.map(
		({ code, where, message }): BlindSpot => ({ code, hides: ['packages'], message: `${where} is ${message}` }),
	);
	return { problems, blindSpots };
}
