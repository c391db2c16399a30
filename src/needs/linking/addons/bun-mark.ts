import type { Mark } from '../../../model/rootfs.ts';

/** The text that a Bun which refuses addons of glibc on musl has in its bytes. */
export const bunMark: Mark = {
	name: 'bun-refuses-glibc',
	text: ' is linked against glibc (DT_NEEDED ',
	minBytes: 8 * 1024 * 1024,
	maxBytes: 1024 * 1024 * 1024,
};
