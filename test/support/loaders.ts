import { type ElfSpec, elf } from './elf.ts';
import { file } from './rootfs.ts';

/** A program or library as an executable file of a test tree. */
export function binary(spec: ElfSpec): ReturnType<typeof file> {
	return file(elf(spec), { mode: 0o755 });
}

export const glibcPath = '/lib64/ld-linux-x86-64.so.2';
export const muslPath = '/lib/ld-musl-x86_64.so.1';

/** The loader and the C library of a glibc of this version, in Debian's places; `version: 36` is 2.36. */
export function glibc(version: number, directory = '/lib/x86_64-linux-gnu'): Record<string, ReturnType<typeof file>> {
	const versions = ['GLIBC_2.2.5', ...Array.from({ length: version - 30 }, (_, i) => `GLIBC_2.${31 + i}`)];
	return {
		[glibcPath]: binary({
			soname: 'ld-linux-x86-64.so.2',
			defines: ['_rtld_global@@GLIBC_PRIVATE', '__tls_get_addr@@GLIBC_2.3'],
			tail: '\0\0/lib/x86_64-linux-gnu/\0/usr/lib/x86_64-linux-gnu/\0/lib/\0/usr/lib/\0\0',
		}),
		[`${directory}/libc.so.6`]: binary({
			soname: 'libc.so.6',
			needed: ['ld-linux-x86-64.so.2'],
			defines: [
				'puts@@GLIBC_2.2.5',
				'environ@@GLIBC_2.2.5',
				...versions.map((name) => `since_${name.slice(6).replaceAll('.', '_')}@@${name}`),
			],
		}),
	};
}

/** musl 1.2.4 or later: names of the 64-bit file interfaces are known to the loader alone. */
export function musl(defines: readonly string[] = []): Record<string, ReturnType<typeof file>> {
	return {
		[muslPath]: binary({
			defines: ['__libc_start_main', 'stdin', 'puts', 'open', 'readdir_r', ...defines],
			tail: '\0/usr/local/bin:/bin:/usr/bin\0/lib:/usr/local/lib:/usr/lib\0aio_cancel\0aio_error\0open\0stat\0\0',
		}),
	};
}
