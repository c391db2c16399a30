import type { ElfFacts, Rootfs } from '../../model/rootfs.ts';

/** How many ELF files are looked at to tell the processor of a base. */
const sample = 25;
const machines = new WeakMap<Rootfs, string | undefined>();

/** The processor of most programs of a file tree; undefined when it has none (scratch). */
export function machineOf(rootfs: Rootfs): string | undefined {
	if (machines.has(rootfs)) return machines.get(rootfs);
	const counts = new Map<string, number>();
	let seen = 0;
	for (const entry of rootfs.entries()) {
		if (entry.content !== 'elf') continue;
		const elf = rootfs.elf(entry.path);
		if (elf === undefined || elf.type === 'relocatable' || elf.type === 'other') continue;
		counts.set(elf.machine, (counts.get(elf.machine) ?? 0) + 1);
		seen += 1;
		if (seen >= sample) break;
	}
	const machine = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
	machines.set(rootfs, machine);
	return machine;
}

/** Programs of the older kind that a processor (and a kernel as distributions build it) also runs. */
const also = new Map([
	['x86-64', ['i386']],
	['aarch64', ['arm']],
	['s390x', ['s390']],
	['ppc64', ['ppc']],
	['mips64', ['mips']],
	['mips64el', ['mipsel']],
	['sparc64', ['sparc']],
]);

/** `machine` undefined: it is not known, so nothing is refused. */
export function runsOn(machine: string | undefined, elf: ElfFacts): boolean {
	return machine === undefined || machine === elf.machine || (also.get(machine) ?? []).includes(elf.machine);
}
