import { jarSuffixes, readJarFacts } from '../../formats/java/jar-facts.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { BlindSpot, Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Entry, JarFacts, Rootfs } from '../../model/rootfs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';
import { type JarComponent, jarComponents } from '../java-archive.ts';
import { readAgain } from '../read-again.ts';

/**
 * Java libraries: jars and the archives of servers, and those in them. Maven coordinates where Maven wrote them, else what the manifest and
 * the name of the file say.
 */
export const maven: Cataloger = {
	name: 'maven',
	ecosystem: 'maven',
	reads: jarSuffixes.map((suffix) => `*/x${suffix}`),
	async catalog(rootfs) {
		const packages: Package[] = [];
		const problems: Problem[] = [];
		const again: Entry[] = [];
		const take = ({ path }: Entry, { parts, unread }: JarFacts): void => {
			packages.push(...parts.flatMap((part) => componentsOf(path, part)));
			if (unread !== undefined) problems.push({ code: 'broken-archive', where: path, message: unread });
		};
		for (const entry of archives(rootfs)) {
			const facts = rootfs.jar(entry.path);
			if (facts === undefined) again.push(entry);
			else take(entry, facts);
		}
		// larger than what is gathered while layers stream by
		const blindSpots = await readAgain(rootfs, again, (entry, body) => take(entry, readJarFacts(body)));
		if (packages.length + problems.length + blindSpots.length === 0) return nothing;
		return { packages, present: packages.length > 0, problems, blindSpots: [...blindSpots, ...brokenArchives(problems)] };
	},
};

function archives(rootfs: Rootfs): readonly Entry[] {
	const found = new Map<number, Entry>();
	for (const entry of rootfs.entries())
		if (entry.type === 'file' && entry.size > 0 && jarSuffixes.some((s) => entry.path.endsWith(s)) && !found.has(entry.inode))
			found.set(entry.inode, entry);
	return [...found.values()];
}

function brokenArchives(problems: readonly Problem[]): readonly BlindSpot[] {
	const [first] = problems;
	if (first === undefined) return [];
	const message = `${problems.length} Java archives cannot be read in full, ${first.where} first: ${first.message}`;
	return [{ code: 'broken-archive', hides: ['packages'], message }];
}

function componentsOf(path: string, part: JarFacts['parts'][number]): readonly Package[] {
	const place = [path, ...part.inside].join('!/');
	return jarComponents(part.inside.at(-1) ?? path, part).map((component) => packageOf(place, component));
}

/** Named as Maven writes coordinates, `group:artifact`. */
function packageOf(path: string, { group, artifact, version, shows }: JarComponent): Package {
	return {
		name: group === undefined ? artifact : `${group}:${artifact}`,
		version,
		ecosystem: 'maven',
		purl: formatPurl({ type: 'maven', namespace: group, name: artifact, version }),
		because: { path, shows },
	};
}
