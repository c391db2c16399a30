import { baseName } from '../../application/stage-tree.ts';
import { elsewhere, listed } from '../elsewhere.ts';
import { type Cause, holds, type MessageKind, type Scene } from '../message-kind.ts';
import { startCauses } from '../start-causes.ts';

const forms: readonly RegExp[] = [
	/error while loading shared libraries: ([^\s:]{1,300}): /,
	/Error loading shared library ([^\s:]{1,300}): No such file or directory/,
	/(?:^|[\s:(])([^\s:]{1,200}\.so(?:\.\d{1,6}){0,4}): cannot open shared object file/,
];
const users: readonly RegExp[] = [/\(needed by ([^)]{1,300})\)/, /(?:^|\s)(\/[^\s:]{1,300}): error while loading shared libraries/];

/** A dynamic linker finds no file for a name in DT_NEEDED or of dlopen. */
export const libraryMissing: MessageKind = {
	kind: 'library-missing',
	seen: '`error while loading shared libraries`, `Error loading shared library`',
	looks: 'the library anywhere in the image, and the libc',
	read(line) {
		const library = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (library === undefined) return undefined;
		const by = users.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		const glibc = /^ld-linux|^libc\.so\.6$/.test(library);
		return {
			what: `${by ?? 'the program'} needs the library ${library}, and no directory that the loader searches has it`,
			possible: glibc
				? [{ what: 'it was built for glibc and this image has musl', hint: 'build it on a base with musl, or take a base with glibc' }]
				: [
						{ what: `${library} is not in the image`, hint: `copy it from the image it was built on, with what it needs itself` },
						{ what: `${library} is in a directory that the loader does not search`, hint: 'run ldconfig, or set LD_LIBRARY_PATH' },
					],
			look: async (scene) => lookFor(scene, library, by),
		};
	},
};

async function lookFor(scene: Scene, library: string, by: string | undefined): Promise<readonly Cause[]> {
	const { combined } = scene.standing;
	const musl = combined.list('/lib').some((name) => name.startsWith('ld-musl-'));
	const others = elsewhere(combined, (name) => name === baseName(library));
	const own = by === undefined || combined.elf(by)?.interpreter === undefined ? [] : await startCauses(scene, by);
	const confirmed = own.filter(({ answer, what }) => answer === 'holds' && what.includes(baseName(library)));
	if (others.length > 0)
		return [
			holds(
				`${library} is in the image, but where the loader does not look`,
				[...listed(others, 'has that name'), ...confirmed.flatMap(({ because }) => because)],
				'run ldconfig after it is copied, set LD_LIBRARY_PATH, or copy it to a directory that the loader searches',
			),
		];
	if (musl && /^ld-linux|^libc\.so\.6$|^libresolv\.so\.2$/.test(library))
		return [
			holds(
				`${by ?? 'what is loaded'} was built for glibc, and this image has musl`,
				[{ path: '/lib', shows: 'has the loader of musl (ld-musl-*)' }],
				'build or install it for musl, or take a base with glibc',
			),
		];
	const because = [
		{ path: '/', shows: `no file of the image is called ${baseName(library)}` },
		...(by === undefined ? [] : [{ path: by, shows: `needs ${library}` }]),
	];
	return [
		holds(
			`${library} is not in the image`,
			because,
			confirmed[0]?.hint ?? `copy ${library}, with what it needs itself, from the image it was built on`,
		),
	];
}
