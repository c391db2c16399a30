/** e_machine values of Linux architectures (System V gABI registry). */
export const machines: ReadonlyMap<number, string> = new Map([
	[2, 'sparc'],
	[3, 'i386'],
	[4, 'm68k'],
	[8, 'mips'],
	[15, 'parisc'],
	[20, 'ppc'],
	[21, 'ppc64'],
	[22, 's390x'],
	[40, 'arm'],
	[42, 'sh'],
	[43, 'sparc64'],
	[50, 'ia64'],
	[62, 'x86-64'],
	[92, 'openrisc'],
	[94, 'xtensa'],
	[183, 'aarch64'],
	[189, 'microblaze'],
	[243, 'riscv'],
	[258, 'loongarch'],
	[247, 'bpf'],
]);

export const types = new Map<number, 'relocatable' | 'executable' | 'shared' | 'core'>([
	[1, 'relocatable'],
	[2, 'executable'],
	[3, 'shared'],
	[4, 'core'],
]);
