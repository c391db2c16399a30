import type { Evidence } from '../../../model/evidence.ts';
import type { Entry, Rootfs } from '../../../model/rootfs.ts';
import { baseName } from '../../application/stage-tree.ts';
import { elsewhere } from '../elsewhere.ts';
import { type Cause, holds, isNot, type MessageKind, type Scene } from '../message-kind.ts';

const form = /(?:^|[\s:'"])([^\s:'"]{1,300}): version [`'‘]([\w.]{1,80})['’`] not found(?: \(required by ([^)]{1,300})\))?/;

/** glibc's loader compares symbol versions: what a program needs with what the library that was found defines. */
export const libraryVersion: MessageKind = {
	kind: 'library-version',
	seen: "`` version `GLIBC_2.38' not found ``",
	looks: 'the versions that the library defines',
	read(line) {
		const [, library, version, by] = form.exec(line) ?? [];
		if (library === undefined || version === undefined) return undefined;
		const it = by ?? 'the program';
		const hint = `build it on an image no newer than the base it runs on, link it statically, or take a newer base`;
		return {
			what: `${it} was built with a newer ${baseName(library)} than the one it finds: it needs ${version}`,
			possible: [{ what: `${library} is too old for ${it}`, hint, certain: true }],
			look: async (scene) => lookAt(scene, { library, version, by, hint }),
		};
	},
};

interface Wanted {
	readonly library: string;
	readonly version: string;
	readonly by: string | undefined;
	readonly hint: string;
}

function lookAt({ standing: { combined } }: Scene, { library, version, by, hint }: Wanted): readonly Cause[] {
	const path = library.startsWith('/') ? library : libraryNamed(combined, library)?.path;
	const elf = path === undefined ? undefined : combined.elf(path);
	if (path === undefined || elf === undefined)
		return [isNot(`${library} is too old`, [{ path: library, shows: 'is not in this image: the message came from another' }])];
	const because: readonly Evidence[] = [
		{ path: combined.resolve(path)?.path ?? path, shows: newest(elf.versionDefinitions, version) },
		...needing(combined, by, version),
	];
	if (elf.versionDefinitions.includes(version)) return [isNot(`${path} lacks ${version}`, because)];
	return [holds(`${path} does not define ${version}`, because, hint)];
}

function libraryNamed(rootfs: Rootfs, name: string): Entry | undefined {
	return elsewhere(rootfs, (other) => other === name)[0];
}

/** `GLIBC_2.38` of `GLIBC_2.2.5 … GLIBC_2.38` */
function newest(definitions: readonly string[], version: string): string {
	const family = version.replace(/_[\d.]+$/, '');
	const numbers = (name: string): readonly number[] =>
		name
			.slice(family.length + 1)
			.split('.')
			.map(Number);
	const same = definitions.filter((name) => name.startsWith(`${family}_`) && /^[\d.]+$/.test(name.slice(family.length + 1)));
	const sorted = [...same].sort((a, b) => compare(numbers(a), numbers(b)));
	return sorted.length === 0 ? `defines no version of ${family}` : `defines versions up to ${sorted.at(-1)}`;
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (let i = 0; i < Math.max(a.length, b.length); i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) - (b[i] ?? 0);
	return 0;
}

function needing(rootfs: Rootfs, by: string | undefined, version: string): readonly Evidence[] {
	const entry = by === undefined ? undefined : rootfs.resolve(by);
	const elf = entry === undefined ? undefined : rootfs.elf(entry.path);
	if (entry === undefined || elf === undefined) return [];
	const needs = elf.versionNeeds.some(({ versions }) => versions.some(({ name }) => name === version));
	return [{ path: entry.path, layer: entry.layer, shows: needs ? `needs ${version}` : `does not need ${version} here` }];
}
