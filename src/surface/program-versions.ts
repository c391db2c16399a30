import type { Rootfs } from '../model/rootfs.ts';
import { baseName, type Program } from './program.ts';

/**
 * Versions of programs, by `Program.entry.inode`: from their own bytes, from the library they are linked with, from the
 * file that a Java home keeps, else from a name such as `python3.11`.
 */
export async function programVersions(rootfs: Rootfs, programs: readonly Program[]): Promise<ReadonlyMap<number, string>> {
	const versions = new Map<number, string>();
	const homes = await javaHomes(rootfs, programs);
	for (const program of programs) {
		if (program.kind !== 'elf') continue;
		const version = fromBytes(program) ?? homes.get(program.entry.inode) ?? fromLibrary(program) ?? fromName(program);
		if (version !== undefined) versions.set(program.entry.inode, version);
	}
	return versions;
}

function fromBytes(program: Program): string | undefined {
	return program.is.find((i) => i.version !== undefined)?.version;
}

/** `libpython3.11.so.1.0`, `libruby-3.1.so.3.1`; a language's program is little more than a call into it. */
function fromLibrary(program: Program): string | undefined {
	for (const library of program.elf?.needed ?? []) {
		const version = /^lib(?:python|ruby-?|tcl|lua)(\d+\.\d+)(?:\.so|-)/.exec(library)?.[1];
		if (version !== undefined && program.is.some((i) => library.startsWith(`lib${i.name}`))) return version;
	}
	return undefined;
}

function fromName(program: Program): string | undefined {
	for (const path of program.names) {
		const version = /^[a-z][a-z+]*-?(\d+(?:\.\d+){1,3})$/.exec(baseName(path))?.[1];
		if (version !== undefined) return version;
	}
	return undefined;
}

/** `HOME/release` beside `HOME/bin/java`: `JAVA_VERSION="17.0.10"` (JEP 223). */
async function javaHomes(rootfs: Rootfs, programs: readonly Program[]): Promise<ReadonlyMap<number, string>> {
	const releases = new Map(
		programs.flatMap((p): [string, number][] =>
			p.entry.path.endsWith('/bin/java') ? [[`${p.entry.path.slice(0, -'/bin/java'.length)}/release`, p.entry.inode]] : [],
		),
	);
	const small = [...releases.keys()].filter((path) => (rootfs.resolve(path)?.size ?? 0) < 64 * 1024);
	const versions = new Map<number, string>();
	for (const [path, body] of await rootfs.readMany(small)) {
		const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
		const version = /^JAVA_VERSION="([0-9._+]{1,40})"/m.exec(text)?.[1];
		if (version !== undefined) versions.set(releases.get(path) as number, version);
	}
	return versions;
}
