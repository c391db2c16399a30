import type { Rootfs } from '../../model/rootfs.ts';
import type { Defect } from './process.ts';

/** What the user can do about the first complaint of a loader. */
export function remedyOf(defect: Defect, base: Rootfs): string {
	switch (defect.kind) {
		case 'no-loader':
			return withoutLoader(defect.missing, base);
		case 'bad-format':
			return 'it was built for another processor than this base: build it for the platform of the image';
		case 'missing-library':
			return `no directory that the loader searches has ${defect.missing}: copy it from an image that has it, link it statically, or take a base with it`;
		case 'unusable-library':
			return `${defect.missing} is there but is not a library that this loader can map`;
		case 'missing-version':
			return `it was built with newer libraries than this base has (${defect.missing}): build it on an image no newer than the base, or take a newer base`;
		case 'missing-symbol':
			return `no library that is loaded defines ${defect.missing}: build it with the libc and the libraries of this base`;
	}
}

function withoutLoader(interpreter: string, base: Rootfs): string {
	const wantsMusl = /ld-musl-/.test(interpreter);
	const hasMusl = base.list('/lib').some((name) => name.startsWith('ld-musl-'));
	if (!wantsMusl && hasMusl)
		return `the file is there, but its loader ${interpreter} (glibc) is not: this base has musl. Build it there or link it statically`;
	if (wantsMusl) return `the file is there, but its loader ${interpreter} (musl) is not: link it statically or take a base with musl`;
	return `the file is there, but its loader ${interpreter} is not: link it statically or take a base with a C library`;
}
