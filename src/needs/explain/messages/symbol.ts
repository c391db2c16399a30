import { defines } from '../../../formats/elf-lookup.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { type Cause, holds, type MessageKind, open, type Scene } from '../message-kind.ts';

const forms: readonly (readonly [RegExp, by: number, symbol: number])[] = [
	[/Error relocating ([^\s:]{1,300}): ([\w.@$]{1,300}): symbol not found/, 1, 2],
	[/symbol lookup error: ([^\s:]{1,300}): undefined symbol: ([\w.$]{1,300})/, 1, 2],
	[/(?:^|[\s:'"])([^\s:'"]{1,300}): undefined symbol: ([\w.$]{1,300})/, 1, 2],
	[/([^\s:]{1,300}): symbol ([\w.$]{1,300}), version [\w.]{1,80} not defined in file/, 1, 2],
];

/** A function that no mapped library defines. musl says so at the load, glibc also at the first call. */
export const symbol: MessageKind = {
	kind: 'symbol',
	seen: '`Error relocating`, `symbol lookup error`, `undefined symbol`',
	looks: 'for which libc it was built, and who defines the symbol',
	read(line) {
		const found = forms.map(([form, by, name]) => [form.exec(line), by, name] as const).find(([match]) => match !== null);
		const [by, name] = [found?.[0]?.[found[1]], found?.[0]?.[found[2]]];
		if (by === undefined || name === undefined) return undefined;
		return {
			what: `${by} calls ${name}, which no library that it loads defines`,
			possible: [
				...(line.includes('Error relocating')
					? [{ what: `${by} was built for glibc: musl has no ${name}`, hint: 'build it on a base with musl, or take a base with glibc' }]
					: []),
				{ what: 'a library is older or newer than the one it was built with', hint: 'build it with the libraries of the base' },
			],
			look: async (scene) => lookFor(scene, by, name),
		};
	},
};

function lookFor({ standing: { combined } }: Scene, by: string, name: string): readonly Cause[] {
	const elf = combined.elf(by);
	const loader = combined.list('/lib').find((file) => file.startsWith('ld-musl-'));
	const forGlibc = elf?.versionNeeds.some(({ versions }) => versions.some((version) => version.name.startsWith('GLIBC_'))) === true;
	const because: readonly Evidence[] =
		elf === undefined
			? [{ path: by, shows: 'is not in this image, or was not looked at' }]
			: [{ path: combined.resolve(by)?.path ?? by, shows: `needs ${elf.needed.join(', ') || 'no library'}` }];
	if (forGlibc && loader !== undefined)
		return [
			holds(
				`${by} was built for glibc, and this image has musl, which has no ${name}`,
				[...because, { path: `/lib/${loader}`, shows: `does not define ${name}` }],
				'build or install it for musl, or take a base with glibc',
			),
		];
	const others = defining(combined, name);
	if (others.length > 0)
		return [
			holds(
				`${name} is defined in the image, but not by a library that ${by} loads`,
				[...because, ...others],
				'link it with that library, or preload it',
			),
		];
	if (elf === undefined) return [open(`whether ${by} was built for this image cannot be told`, because)];
	return [
		holds(`no library of the image defines ${name}`, because, 'build it with the libraries of the base, or take the base it was built on'),
	];
}

function defining(rootfs: Rootfs, name: string): readonly Evidence[] {
	const found: Evidence[] = [];
	for (const { path, content, type } of rootfs.entries()) {
		if (type !== 'file' || content !== 'elf' || found.length >= 3) continue;
		const elf = rootfs.elf(path);
		if (elf !== undefined && defines(elf, name)) found.push({ path, shows: `defines ${name}` });
	}
	return found;
}
