/** File names of the dynamic linkers of glibc and musl: today's names, and the versioned ones behind the links of glibc before 2.34. */
export const loaderNames: readonly string[] = [
	'ld-linux-x86-64.so.2',
	'ld-linux-aarch64.so.1',
	'ld-linux-armhf.so.3',
	'ld-linux.so.2',
	'ld-linux-riscv64-lp64d.so.1',
	'ld-linux-loongarch-lp64d.so.1',
	'ld64.so.1',
	'ld64.so.2',
	'ld.so.1',
	...['2.17', '2.19', '2.23', '2.24', '2.26', '2.27', '2.28', '2.29', '2.30', '2.31', '2.32', '2.33'].map((version) => `ld-${version}.so`),
	...['x86_64', 'i386', 'aarch64', 'armhf', 'arm', 'riscv64', 's390x', 'powerpc64le', 'loongarch64'].map((arch) => `ld-musl-${arch}.so.1`),
	...['x86_64', 'aarch64', 'armhf'].map((arch) => `libc.musl-${arch}.so.1`),
];
