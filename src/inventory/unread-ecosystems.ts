import type { BlindSpot } from '../model/package.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** Traces of packages that no cataloger reads. */
const traces: readonly (readonly [what: string, trace: RegExp])[] = [
	["packages of Yarn's Plug'n'Play", /\/\.pnp\.cjs$/],
	['slices of Chisel', /^\/var\/lib\/chisel\/manifest\.wall$/],
	['store paths of Nix', /^\/nix\/store\/[^/]+\/./],
];

/** A blind spot for each kind of package that is there and not counted. */
export function unreadEcosystems(rootfs: Rootfs): readonly BlindSpot[] {
	const found = new Map<string, string>();
	for (const { type, path } of rootfs.entries()) {
		if (type !== 'file') continue;
		for (const [what, trace] of traces) if (!found.has(what) && trace.test(path)) found.set(what, path);
	}
	return [...found].map(([what, path]) => ({
		code: 'unread-ecosystem',
		hides: ['packages'],
		message: `${what} are there and are not counted: ${path}`,
	}));
}
