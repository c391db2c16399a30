import type { Evidence } from '../../model/evidence.ts';
import type { Mark, Rootfs } from '../../model/rootfs.ts';
import { baseName } from '../application/stage-tree.ts';

/** PHP names itself in the header that it sends (main/SAPI.h, SAPI_PHP_VERSION_HEADER), as a program and as a module of Apache. */
export const phpMark: Mark = {
	name: 'php',
	text: 'X-Powered-By: PHP/',
	capture: 24,
	minBytes: 2 * 1024 * 1024,
	maxBytes: 256 * 1024 * 1024,
	libraries: true,
};

export interface PhpVersion {
	/** PHP_VERSION_ID; undefined when it cannot be told. */
	readonly id?: number;
	readonly text: string;
	readonly because: Evidence;
}

/** ZEND_MODULE_API_NO of each line of releases: the name of the directory of extensions ends with it. */
const interfaces: ReadonlyMap<string, number> = new Map([
	['20190902', 70_400],
	['20200930', 80_000],
	['20210902', 80_100],
	['20220829', 80_200],
	['20230831', 80_300],
	['20240924', 80_400],
	['20250925', 80_500],
]);

/** The PHP of a base: told by its bytes, else by the directory of its extensions, else only that it is there. */
export function phpVersion(rootfs: Rootfs): PhpVersion | undefined {
	let named: PhpVersion | undefined;
	for (const entry of rootfs.entries()) {
		if (entry.content !== 'elf') continue;
		const text = rootfs.elf(entry.path)?.captures?.find(({ name }) => name === 'php')?.text;
		const match = /^(\d+)\.(\d+)\.(\d+)/.exec(text ?? '');
		if (match !== null && text !== undefined)
			return {
				id: Number(match[1]) * 10_000 + Number(match[2]) * 100 + Number(match[3]),
				text,
				because: { path: entry.path, shows: `PHP ${text}` },
			};
		if (/^(php|php-fpm|php-cgi)[\d.]*$/.test(baseName(entry.path)) && (entry.mode & 0o111) !== 0)
			named ??= byExtensions(rootfs, entry.path);
	}
	return named;
}

function byExtensions(rootfs: Rootfs, path: string): PhpVersion {
	for (const place of ['/usr/local/lib/php/extensions', '/usr/lib/php', '/usr/lib64/php'])
		for (const name of rootfs.list(place)) {
			const id = interfaces.get(/(\d{8})$/.exec(name)?.[1] ?? '');
			if (id !== undefined)
				return {
					id,
					text: `${Math.floor(id / 10_000)}.${Math.floor(id / 100) % 100}`,
					because: { path: `${place}/${name}`, shows: 'extensions of PHP' },
				};
		}
	return { text: '', because: { path, shows: 'PHP of a version that it does not show' } };
}
