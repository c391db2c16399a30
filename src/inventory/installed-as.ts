/** How a directory with a package.json came there. */
export interface InstalledAs {
	/** The name it was installed under; absent for a package that is its own root. */
	readonly name?: string;
}

/** Directories of `node_modules` that hold a tree per package: pnpm, and yarn with its pnpm linker. */
const stores: ReadonlySet<string> = new Set(['.pnpm', '.store']);

/**
 * `…/node_modules/NAME` at any depth, through `@scope` and through pnpm's store, is an installed package; a directory outside
 * of any `node_modules` its own root; everything deeper inside a package is undefined: its author's files.
 */
export function installedAs(directory: string): InstalledAs | undefined {
	const parts = directory.split('/');
	let at = parts.indexOf('node_modules');
	if (at === -1) return {};
	for (;;) {
		const first = parts[at + 1];
		if (first === undefined) return undefined;
		const length = stores.has(first) || first.startsWith('@') ? 2 : 1;
		const name = parts.slice(at + 1, at + 1 + length);
		if (name.length < length) return undefined;
		at += length + 1;
		if (parts[at] === 'node_modules') continue;
		return at < parts.length || first.startsWith('.') ? undefined : { name: name.join('/') };
	}
}
