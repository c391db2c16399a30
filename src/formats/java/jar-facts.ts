import type { JarFacts, JarPart, MavenCoordinates } from '../../model/rootfs.ts';
import { readZip, unzip, type ZipEntry } from '../zip.ts';
import { readManifest } from './manifest.ts';
import { readProperties } from './properties.ts';

/** Nesting (an ear holds wars, those hold jars), archives and coordinates in one file, bytes of a manifest and of other texts. */
const most = { depth: 8, parts: 5000, poms: 20_000, manifest: 16 * 1024 * 1024, text: 64 * 1024, value: 512 } as const;
/** Bytes of files in one archive that are looked at; each is counted as often as it is reached. */
export const jarBytes = 256 * 1024 * 1024;

/** Lines of a manifest that tell what the archive is. */
const telling: ReadonlySet<string> = new Set([
	'implementation-title',
	'implementation-version',
	'implementation-vendor-id',
	'implementation-vendor',
	'specification-title',
	'specification-version',
	'bundle-symbolicname',
	'bundle-version',
	'automatic-module-name',
	'plugin-version',
	'short-name',
	'group-id',
	'main-class',
	'start-class',
]);

/** Names of archives that Java looks into: jars, applications of servers, plug-ins of Jenkins. */
export const jarSuffixes = ['.jar', '.war', '.ear', '.par', '.sar', '.rar', '.jpi', '.hpi', '.kar', '.lpkg'] as const;

interface Reading {
	readonly parts: JarPart[];
	readonly limit: number;
	poms: number;
	bytes: number;
	unread?: string;
}

/** Manifests and Maven coordinates of a Java archive and of those in it; what cannot be unpacked is said and left out. `bytes`: looked at. */
export function readJarFacts(bytes: Uint8Array, limit: number = jarBytes): JarFacts & { readonly bytes: number } {
	const reading: Reading = { parts: [], poms: 0, bytes: 0, limit };
	readPart(bytes, [], reading);
	return { parts: reading.parts, bytes: reading.bytes, ...(reading.unread === undefined ? {} : { unread: reading.unread }) };
}

function readPart(bytes: Uint8Array, inside: readonly string[], reading: Reading): void {
	const entries = readZip(bytes);
	if (entries === undefined) {
		reading.unread ??= inside.length === 0 ? 'it is no zip archive' : `${inside.join('!/')} in it is no zip archive`;
		return;
	}
	const nested: ZipEntry[] = [];
	const poms: MavenCoordinates[] = [];
	let manifest: ReadonlyMap<string, string> | undefined;
	for (const entry of entries) {
		const { name } = entry;
		if (name === 'META-INF/MANIFEST.MF') manifest ??= tellingLines(text(bytes, entry, most.manifest, reading) ?? '');
		else if (/^META-INF\/maven\/.*\/pom\.properties$/.test(name)) poms.push(...coordinates(bytes, entry, reading));
		else if (jarSuffixes.some((suffix) => name.endsWith(suffix))) nested.push(entry);
	}
	reading.parts.push({ inside, manifest: manifest ?? new Map(), poms });
	for (const entry of nested) readNested(bytes, entry, inside, reading);
}

function readNested(bytes: Uint8Array, entry: ZipEntry, inside: readonly string[], reading: Reading): void {
	if (inside.length + 1 > most.depth || reading.parts.length >= most.parts) {
		reading.unread ??= `there are more, or deeper, archives in it than are looked into (${shortName(entry)})`;
		return;
	}
	const body = unpacked(bytes, entry, reading.limit, reading);
	if (body !== undefined) readPart(body, [...inside, shortName(entry)], reading);
}

function unpacked(bytes: Uint8Array, entry: ZipEntry, limit: number, reading: Reading): Uint8Array | undefined {
	if (reading.bytes + entry.size > reading.limit) {
		reading.unread ??= `there is more in it than is looked at (${shortName(entry)})`;
		return undefined;
	}
	const body = unzip(bytes, entry, limit);
	if (body === undefined) reading.unread ??= `${shortName(entry)} in it cannot be unpacked`;
	reading.bytes += body?.length ?? Math.min(limit, entry.size);
	return body;
}

function shortName(entry: ZipEntry): string {
	return entry.name.slice(0, 4096);
}

/** The start of a text: signed archives list the digest of each file in their manifest, behind what is told here. */
function text(bytes: Uint8Array, entry: ZipEntry, limit: number, reading: Reading): string | undefined {
	const body = unpacked(bytes, entry, limit, reading);
	return body === undefined ? undefined : Buffer.from(body.subarray(0, most.text)).toString('utf8');
}

function tellingLines(manifest: string): ReadonlyMap<string, string> {
	const lines = [...readManifest(manifest)].filter(([name]) => telling.has(name));
	return new Map(lines.map(([name, value]) => [name, value.slice(0, most.value)]));
}

function coordinates(bytes: Uint8Array, entry: ZipEntry, reading: Reading): readonly MavenCoordinates[] {
	if (reading.poms >= most.poms) {
		reading.unread ??= 'there are more pom.properties in it than are looked into';
		return [];
	}
	const properties = text(bytes, entry, most.text, reading);
	if (properties === undefined) return [];
	const read = readProperties(properties);
	const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((key) => (read.get(key) ?? '').slice(0, most.value));
	// a template that nobody filled in names nothing
	if (!group || !artifact || !version || `${group}${artifact}${version}`.includes('${')) return [];
	reading.poms += 1;
	return [{ group, artifact, version, file: shortName(entry) }];
}
