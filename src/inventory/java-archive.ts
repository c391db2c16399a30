import type { JarPart, MavenCoordinates } from '../model/rootfs.ts';

/** One component of an archive, and how its name was found. */
export interface JarComponent {
	readonly group?: string;
	readonly artifact: string;
	/** Empty when nothing says it. */
	readonly version: string;
	readonly shows: string;
}

interface FileName {
	readonly artifact: string;
	readonly version: string;
}

/**
 * What is in one archive: everything that Maven wrote down (a shaded archive has it for each library), and the archive itself, told by its
 * manifest and its file name, when none of that is it.
 */
export function jarComponents(path: string, { manifest, poms }: JarPart): readonly JarComponent[] {
	const file = fileNameOf(path);
	const self = ownComponent(file, manifest);
	const written = poms.map(
		({ group, artifact, version, file: pom }): JarComponent => ({
			group,
			artifact,
			version,
			shows: `${pom}: ${group}:${artifact}:${version}`,
		}),
	);
	return self === undefined || poms.some((pom) => isItself(pom, file, manifest, poms.length === 1)) ? written : [...written, self];
}

/** `guava-31.1-jre.jar`: the version begins behind the last hyphen before a digit; the digits of a snapshot's time are part of it. */
export function fileNameOf(path: string): FileName {
	const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, '');
	const dated = /^(.+)-(\d[\w.]*-\d{8}\.\d{6}-\d+)$/.exec(stem);
	const match = dated ?? /^(.+)-(\d[^-]*(?:-[A-Za-z][^-]*)*)$/.exec(stem);
	return match === null ? { artifact: stem, version: '' } : { artifact: match[1] as string, version: match[2] as string };
}

/** The coordinates are those of the archive: by file name, by title, by version when there are no others. */
function isItself(pom: MavenCoordinates, file: FileName, manifest: ReadonlyMap<string, string>, only: boolean): boolean {
	if (pom.artifact === file.artifact || pom.artifact === manifest.get('implementation-title')) return true;
	const version = ownVersion(file, manifest);
	// distributions put the group or their own prefix before the name
	if (file.artifact.endsWith(pom.artifact) && version.startsWith(pom.version)) return true;
	return only && (version === '' || version === pom.version || version.startsWith(`${pom.version}.`));
}

function ownVersion(file: FileName, manifest: ReadonlyMap<string, string>): string {
	const said = ['implementation-version', 'bundle-version', 'plugin-version', 'specification-version'].map((n) => manifest.get(n) ?? '');
	const first = said.find((text) => /^\d/.test(text)) ?? '';
	// OSGi writes 1.2.0 where Maven writes 1.2; the file is named by Maven
	return file.version === '' ? (first.split(/\s/, 1)[0] as string) : file.version;
}

function ownComponent(file: FileName, manifest: ReadonlyMap<string, string>): JarComponent | undefined {
	const bundle = manifest.get('bundle-symbolicname')?.split(';', 1)[0]?.trim();
	const artifact = file.artifact || (manifest.get('short-name') ?? '');
	const version = ownVersion(file, manifest);
	// a name alone, without a version and without any word in the manifest, is a file of the application
	if (artifact === '' || (version === '' && bundle === undefined && !manifest.has('automatic-module-name'))) return undefined;
	const group = groupOf(artifact, bundle, manifest);
	const from = file.version === '' ? 'manifest' : 'file name';
	const shows = `${from}: ${[group?.text, artifact, version].filter(Boolean).join(':')}${group === undefined ? '' : ` (${group.from})`}`;
	return { ...(group === undefined ? {} : { group: group.text }), artifact, version, shows };
}

function groupOf(
	artifact: string,
	bundle: string | undefined,
	manifest: ReadonlyMap<string, string>,
): { readonly text: string; readonly from: string } | undefined {
	const vendor = manifest.get('group-id') ?? manifest.get('implementation-vendor-id') ?? '';
	if (/^[a-z][\w-]*(\.[\w-]+)+$/.test(vendor))
		return { text: vendor, from: manifest.has('group-id') ? 'Group-Id' : 'Implementation-Vendor-Id' };
	if (bundle?.endsWith(`.${artifact}`)) return { text: bundle.slice(0, -artifact.length - 1), from: 'Bundle-SymbolicName' };
	return undefined;
}
