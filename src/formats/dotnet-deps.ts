/** A library that a `deps.json` names as a package. */
export interface DotnetPackage {
	readonly name: string;
	readonly version: string;
}

const maxLibraries = 50_000;
/** The runtime that was published along with an application: the name of its package stands behind this. */
const runtimePack = 'runtimepack.';

/**
 * Packages that .NET's host finds for an application or a shared framework (`NAME.deps.json`, "libraries"): those from NuGet and the packs of
 * the runtime; projects and reference assemblies are parts of the application. A text says why the file cannot be read.
 */
export function readDotnetDeps(text: string): readonly DotnetPackage[] | string {
	const document = parsed(text);
	const libraries = objectIn(document, 'libraries');
	if (libraries === undefined) return 'it has no list of libraries';
	const found: DotnetPackage[] = [];
	for (const [key, library] of Object.entries(libraries).slice(0, maxLibraries)) {
		const slash = key.indexOf('/');
		const type = typeof library === 'object' && library !== null && 'type' in library ? library.type : undefined;
		if (slash <= 0 || slash + 1 === key.length || (type !== 'package' && type !== 'runtimepack')) continue;
		const name = key.slice(0, slash);
		found.push({ name: name.startsWith(runtimePack) ? name.slice(runtimePack.length) : name, version: key.slice(slash + 1) });
	}
	return found;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
	} catch {
		return undefined;
	}
}

function objectIn(document: unknown, key: string): object | undefined {
	if (typeof document !== 'object' || document === null || !Object.hasOwn(document, key)) return undefined;
	const value = (document as Readonly<Record<string, unknown>>)[key];
	return typeof value === 'object' && value !== null ? value : undefined;
}
