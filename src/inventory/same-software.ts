import type { Package } from '../model/package.ts';

/** Parts that a compiler put into a program are other software than the package that brought the program. */
const linkedIn: ReadonlySet<string> = new Set(['golang', 'cargo']);

/** What distributions write around the name that a project has in its own language. */
const around: readonly RegExp[] = [
	/^(?:python[\d.]*|pypy3?|py3(?:\.\d+)?|ruby[\d.]*|rubygem|node|nodejs|npm|php[\d.]*|composer)-/,
	/^lib(?=.*-(?:java|php)$)/,
	/-(?:java|php|ruby|nodejs)$/,
];

/**
 * Marks packages of a language that are a package of the system under the name of their own project (python3-yaml and PyYAML), so that totals count
 * them once. A description that belongs to a system package is that package when it is the only one of its ecosystem there, or bears its
 * name or that of its source. Of several (npm with all its modules in one package) the others are software that nothing else names.
 */
export function markSameSoftware(
	packages: readonly Package[],
	systemEcosystems: ReadonlySet<string>,
	owner: (path: string) => Package | undefined,
): readonly Package[] {
	const brought = new Map<Package, { readonly owner: Package; readonly together: number }>();
	for (const group of groupsByOwner(packages, systemEcosystems, owner))
		for (const one of group.packages) brought.set(one, { owner: group.owner, together: group.packages.length });
	return packages.map((one) => {
		const by = brought.get(one);
		return by !== undefined && (by.together === 1 || namesIt(by.owner, one)) ? { ...one, sameAs: by.owner.purl } : one;
	});
}

interface Group {
	readonly owner: Package;
	readonly packages: Package[];
}

function groupsByOwner(
	packages: readonly Package[],
	systemEcosystems: ReadonlySet<string>,
	owner: (path: string) => Package | undefined,
): readonly Group[] {
	const groups = new Map<string, Group>();
	for (const one of packages) {
		if (systemEcosystems.has(one.ecosystem) || linkedIn.has(one.ecosystem)) continue;
		const by = owner(one.because.path);
		if (by === undefined || !systemEcosystems.has(by.ecosystem)) continue;
		const key = `${by.purl}\n${one.ecosystem}`;
		const group = groups.get(key) ?? { owner: by, packages: [] };
		group.packages.push(one);
		groups.set(key, group);
	}
	return [...groups.values()];
}

function namesIt(owner: Package, one: Package): boolean {
	const own = plain(one.name.slice(Math.max(one.name.lastIndexOf('/'), one.name.lastIndexOf(':')) + 1));
	return [owner.name, owner.source?.name ?? ''].some((name) => plain(name) === own || plain(withoutLanguage(name)) === own);
}

function withoutLanguage(name: string): string {
	return around.reduce((rest, part) => rest.replace(part, ''), name.toLowerCase());
}

/** Case and separators differ between ecosystems. */
function plain(name: string): string {
	return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
