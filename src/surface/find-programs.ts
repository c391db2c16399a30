import type { ElfFacts, Entry, Rootfs } from '../model/rootfs.ts';
import { identify } from './identify.ts';
import { baseName, type Program } from './program.ts';
import { utilityName } from './utilities.ts';

type Kind = Program['kind'];

/** The part an ELF file plays (System V gABI): what is started, what is loaded, what is only linked. */
export function elfRole(facts: ElfFacts): 'program' | 'library' | 'object' {
	if (facts.type === 'relocatable' || facts.type === 'core') return 'object';
	if (facts.type === 'executable' || facts.pie) return 'program';
	return facts.interpreter !== undefined && facts.soname === undefined ? 'program' : 'library';
}

/** All programs of the image, each file once however many names it has, sorted by path. */
export function findPrograms(rootfs: Rootfs, path: readonly string[]): readonly Program[] {
	const names = new Map<number, { readonly entries: Entry[]; readonly kind: Kind; readonly links: string[] }>();
	const links: Entry[] = [];
	for (const entry of rootfs.entries()) {
		if (entry.type === 'symlink') links.push(entry);
		if (entry.type !== 'file' || (entry.mode & 0o111) === 0) continue;
		const known = names.get(entry.inode);
		if (known !== undefined) known.entries.push(entry);
		else {
			const kind = kindOf(rootfs, entry);
			if (kind !== undefined) names.set(entry.inode, { entries: [entry], kind, links: [] });
		}
	}
	for (const link of links) {
		const target = rootfs.resolve(link.path);
		if (target?.type === 'file') names.get(target.inode)?.links.push(link.path);
	}
	const lookUp = finder(rootfs, path);
	return [...names.values()].map(({ entries, kind, links: soft }) => describe(rootfs, entries, kind, soft, lookUp)).sort(byPath);
}

function byPath(a: Program, b: Program): number {
	return a.entry.path < b.entry.path ? -1 : 1;
}

function kindOf(rootfs: Rootfs, entry: Entry): Kind | undefined {
	if (entry.content === 'script') return 'script';
	const facts = entry.content === 'elf' ? rootfs.elf(entry.path) : undefined;
	if (facts === undefined) return undefined;
	const role = elfRole(facts);
	if (role === 'program') return 'elf';
	return role === 'library' && isLoader(facts) ? 'loader' : undefined;
}

/** A dynamic loader starts any program that it is given, also one without an execute bit. */
function isLoader(facts: ElfFacts): boolean {
	return /^(?:ld(?:-linux[^/]*|64)?\.so\.\d+|libc\.musl-[^/]+)$/.test(facts.soname ?? '');
}

function describe(
	rootfs: Rootfs,
	entries: readonly Entry[],
	kind: Kind,
	links: readonly string[],
	lookUp: (program: string) => boolean,
): Program {
	const elf = kind === 'script' ? undefined : rootfs.elf((entries[0] as Entry).path);
	const is = elf === undefined ? [] : identify(elf);
	const entry = mostTelling(entries, is[0]?.name);
	const interpreter = kind === 'script' ? scriptInterpreter(rootfs.shebang(entry.path) ?? '') : undefined;
	const cannotStart = missing(rootfs, elf, interpreter, lookUp);
	return {
		entry,
		names: [entry.path, ...entries.filter((e) => e !== entry).map((e) => e.path), ...links],
		kind,
		...(elf === undefined ? {} : { elf }),
		...(interpreter === undefined ? {} : { interpreter }),
		...(cannotStart === undefined ? {} : { cannotStart }),
		is,
	};
}

/** Of several hard links the one named for what the file is, else the first that is a known name, else the first. */
function mostTelling(entries: readonly Entry[], identity: string | undefined): Entry {
	const named = entries.find((e) => baseName(e.path) === identity) ?? entries.find((e) => utilityName(baseName(e.path)) !== undefined);
	return named ?? (entries[0] as Entry);
}

/** `#! /usr/bin/env -S node --x` → `node`; `#!/bin/sh -e` → `/bin/sh` (execve(2), env(1)). */
function scriptInterpreter(shebang: string): string | undefined {
	const words = shebang
		.slice(2)
		.trim()
		.split(/[ \t]+/);
	const first = words[0] ?? '';
	if (baseName(first) !== 'env') return first === '' ? undefined : first;
	return words.slice(1).find((w) => !w.startsWith('-') && !w.includes('=')) ?? first;
}

function missing(
	rootfs: Rootfs,
	elf: ElfFacts | undefined,
	interpreter: string | undefined,
	lookUp: (program: string) => boolean,
): string | undefined {
	const loader = elf?.interpreter;
	if (loader !== undefined && rootfs.resolve(loader)?.type !== 'file') return `its loader ${loader} is missing`;
	if (interpreter !== undefined && !lookUp(interpreter)) return `its interpreter ${interpreter} is missing`;
	return undefined;
}

/** Whether an absolute path or a name on the PATH leads to a file with an execute bit. */
function finder(rootfs: Rootfs, path: readonly string[]): (program: string) => boolean {
	const known = new Map<string, boolean>();
	const there = (candidate: string): boolean => {
		const entry = rootfs.resolve(candidate);
		return entry?.type === 'file' && (entry.mode & 0o111) !== 0;
	};
	return (program) => {
		let found = known.get(program);
		if (found === undefined) {
			found = program.startsWith('/') ? there(program) : path.some((directory) => there(`${directory}/${program}`));
			known.set(program, found);
		}
		return found;
	};
}
