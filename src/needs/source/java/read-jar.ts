import { readElf } from '../../../formats/elf.ts';
import { readClassFile } from '../../../formats/java/class-file.ts';
import { readManifest } from '../../../formats/java/manifest.ts';
import { readZip, unzip, type ZipEntry } from '../../../formats/zip.ts';
import type { ElfFacts } from '../../../model/rootfs.ts';

export interface JavaClass {
	/** `com/example/Main` */
	readonly name: string;
	/** File of the jar, nested jars with `!` between. */
	readonly jar: string;
	readonly major: number;
}

/** A native library in a jar, which is unpacked and loaded while the program runs. */
export interface JarLibrary {
	readonly name: string;
	readonly jar: string;
	readonly facts: ElfFacts;
}

/** What the jars of an application say, as far as they were read. */
export interface JarFacts {
	/** `com.example.Main`, behind the loader of Spring Boot. */
	readonly mainClass?: string;
	/** The class of the newest form, of the application and of its libraries. */
	readonly newest: { readonly own?: JavaClass; readonly libraries?: JavaClass };
	/** First use of each class of the platform. */
	readonly uses: ReadonlyMap<string, { readonly by: JavaClass; readonly own: boolean }>;
	/** Programs that classes of the application start by a constant name. */
	readonly programs: ReadonlyMap<string, JavaClass>;
	/** A class of the application with an address of https in it. */
	readonly https?: JavaClass;
	readonly libraries: readonly JarLibrary[];
	/** Jars beside it that it names. */
	readonly classPath: readonly string[];
	/** There was more than is read. */
	readonly truncated: boolean;
}

const limits = {
	classes: 6000,
	bytes: 128 * 1024 * 1024,
	classBytes: 2 * 1024 * 1024,
	libraryBytes: 32 * 1024 * 1024,
	jars: 400,
	natives: 200,
	programs: 100,
} as const;
/** Classes of one library that are looked at: they share their form. */
const perLibrary = 20;

interface Reading {
	readonly isOwn: (name: string) => boolean;
	readonly uses: Map<string, { by: JavaClass; own: boolean }>;
	readonly programs: Map<string, JavaClass>;
	readonly libraries: JarLibrary[];
	readonly newest: { own?: JavaClass; libraries?: JavaClass };
	https?: JavaClass;
	classes: number;
	bytes: number;
	jars: number;
	truncated: boolean;
}

/** Reads the jar that is started, the jars in it, and those beside it. Undefined when the first is no zip archive. */
export function readJars(
	path: string,
	bytes: Uint8Array,
	others: readonly (readonly [path: string, bytes: Uint8Array])[] = [],
): JarFacts | undefined {
	const entries = readZip(bytes);
	if (entries === undefined) return undefined;
	const manifest = manifestOf(bytes, entries);
	const mainClass = manifest.get('start-class') ?? manifest.get('main-class');
	const reading: Reading = {
		isOwn: ownership(mainClass),
		uses: new Map(),
		programs: new Map(),
		libraries: [],
		newest: {},
		classes: 0,
		bytes: 0,
		jars: 0,
		truncated: false,
	};
	readJar(path, bytes, entries, true, reading);
	for (const [place, body] of others) readJar(place, body, readZip(body) ?? [], false, reading);
	const classPath = (manifest.get('class-path') ?? '').split(' ', 1000).filter((part) => part.endsWith('.jar') && !part.includes(':'));
	return { ...reading, classPath, ...(mainClass === undefined ? {} : { mainClass }) };
}

function manifestOf(bytes: Uint8Array, entries: readonly ZipEntry[]): ReadonlyMap<string, string> {
	const entry = entries.find((candidate) => candidate.name === 'META-INF/MANIFEST.MF');
	const text = entry && unzip(bytes, entry, 1024 * 1024);
	return readManifest(text === undefined ? '' : new TextDecoder().decode(text));
}

/** In a jar that holds its libraries unpacked, the application's classes are those beside the main class. */
function ownership(mainClass: string | undefined): (name: string) => boolean {
	const parts = (mainClass ?? '').split('.').slice(0, -1).slice(0, 2);
	const prefix = parts.length === 0 ? '' : `${parts.join('/')}/`;
	return (name) =>
		/^(BOOT-INF|WEB-INF)\/classes\//.test(name) ||
		(prefix === '' ? mainClass === undefined || !name.includes('/') : name.startsWith(prefix));
}

function readJar(path: string, bytes: Uint8Array, entries: readonly ZipEntry[], main: boolean, into: Reading): void {
	into.jars += 1;
	const mine = (entry: ZipEntry): boolean => main && into.isOwn(entry.name);
	const ordered = main ? [...entries.filter(mine), ...entries.filter((entry) => !mine(entry))] : entries;
	let sampled = 0;
	for (const entry of ordered) {
		if (into.jars > limits.jars || into.classes >= limits.classes || into.bytes >= limits.bytes) {
			into.truncated = true;
			return;
		}
		if (entry.name.endsWith('.class')) {
			if (!main) sampled += 1;
			if (sampled <= perLibrary) readClass(path, bytes, entry, mine(entry), into);
		} else if (entry.name.endsWith('.jar')) nestedJar(path, bytes, entry, into);
		else if (/\.so(\.\d+)*$/.test(entry.name)) readLibrary(path, bytes, entry, into);
	}
}

function nestedJar(path: string, bytes: Uint8Array, entry: ZipEntry, into: Reading): void {
	const body = unzip(bytes, entry, limits.bytes - into.bytes);
	const entries = body && readZip(body);
	if (body === undefined || entries === undefined) return;
	into.bytes += body.length;
	readJar(`${path}!${entry.name}`, body, entries, false, into);
}

function readClass(path: string, bytes: Uint8Array, entry: ZipEntry, own: boolean, into: Reading): void {
	// newer forms of a class, for newer runtimes, do not matter to older ones
	if (entry.name.startsWith('META-INF/versions/') || /(^|\/)(module|package)-info\.class$/.test(entry.name)) return;
	const body = unzip(bytes, entry, limits.classBytes);
	const parsed = body && readClassFile(body);
	if (body === undefined || parsed === undefined) return;
	into.classes += 1;
	into.bytes += body.length;
	const found = { name: entry.name.replace(/^(BOOT-INF|WEB-INF)\/classes\//, '').replace(/\.class$/, ''), jar: path, major: parsed.major };
	const key = own ? 'own' : 'libraries';
	if (parsed.major > (into.newest[key]?.major ?? 0)) into.newest[key] = found;
	for (const name of parsed.classes) {
		if (!/^(java|javax|jdk|sun|com\/sun|org\/(w3c|xml|ietf))\//.test(name)) continue;
		const before = into.uses.get(name);
		if (before === undefined || (own && !before.own)) into.uses.set(name, { by: found, own });
	}
	if (own) for (const program of parsed.programs) if (into.programs.size < limits.programs) into.programs.set(program, found);
	if (own && into.https === undefined && parsed.texts.some((text) => text.startsWith('https://'))) into.https = found;
}

function readLibrary(path: string, bytes: Uint8Array, entry: ZipEntry, into: Reading): void {
	const body = into.libraries.length >= limits.natives ? undefined : unzip(bytes, entry, limits.libraryBytes);
	if (body === undefined) return;
	into.bytes += body.length;
	const range = (offset: number, length: number): Uint8Array | undefined =>
		offset >= 0 && length >= 0 && offset + length <= body.length ? body.subarray(offset, offset + length) : undefined;
	const facts = readElf({ size: body.length, range }, { symbols: false });
	if (facts !== undefined) into.libraries.push({ name: entry.name, jar: path, facts });
}
