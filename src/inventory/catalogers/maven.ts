import { jarSuffixes, readJarFacts } from '../../formats/java/jar-facts.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { BlindSpot, Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Entry, JarFacts, Rootfs } from '../../model/rootfs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';
import { type JarComponent, jarComponents } from '../java-archive.ts';

/** An archive that is larger than what is gathered while layers stream by is read again, up to this size. */
const maxBytes = 512 * 1024 * 1024;
/** Archives that are read again; each may cost a pass over its layer. */
const maxAgain = 16;

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
		const unread: string[] = [];
		const seen = new Set<number>();
		for (const entry of rootfs.entries()) {
			if (entry.type !== 'file' || entry.size === 0 || !jarSuffixes.some((s) => entry.path.endsWith(s)) || seen.has(entry.inode)) continue;
			seen.add(entry.inode);
			const facts = rootfs.jar(entry.path) ?? (await readAgain(rootfs, entry, unread));
			packages.push(...(facts?.parts ?? []).flatMap((part) => componentsOf(entry.path, part)));
			if (facts?.unread !== undefined) problems.push({ code: 'broken-archive', where: entry.path, message: facts.unread });
		}
		const blindSpots = blindSpotsOf(problems, unread);
		return packages.length + blindSpots.length === 0 ? nothing : { packages, present: packages.length > 0, problems, blindSpots };
	},
};

async function readAgain(rootfs: Rootfs, entry: Entry, unread: string[]): Promise<JarFacts | undefined> {
	const body = entry.size > maxBytes || unread.length >= maxAgain ? undefined : await rootfs.read(entry.path, { limit: maxBytes });
	if (body === undefined) unread.push(entry.path);
	return body && readJarFacts(body);
}

function blindSpotsOf(problems: readonly Problem[], unread: readonly string[]): readonly BlindSpot[] {
	const hidden = [...unread, ...problems.map((problem) => problem.where)];
	if (hidden.length === 0) return [];
	const message = `${hidden.length} Java archives could not be read, or not in full: ${hidden.slice(0, 3).join(', ')}`;
	return [{ code: 'unread-archive', hides: ['packages'], message }];
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
