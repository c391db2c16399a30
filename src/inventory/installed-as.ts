/** How a directory with a package.json came there. */
export interface InstalledAs {
	/** The name it was installed under; absent outside of any directory of installed packages. */
	readonly name?: string;
}

/** Directories of `node_modules` that hold a tree per package: pnpm, and yarn with its pnpm linker. */
const stores: ReadonlySet<string> = new Set(['.pnpm', '.store']);

/** Directories in which Debian's Node looks for modules; the packages of the distribution lie in them as in `node_modules`. */
const debian = /^\/usr\/(?:share|lib|lib\/[\w-]+)\/nodejs\/(.+)$/;

/**
 * `…/node_modules/NAME` at any depth, through `@scope` and through pnpm's store, is an installed package, and so is Debian's
 * `/usr/share/nodejs/NAME`; everything deeper inside a package is undefined: its author's files. A directory outside of these has no name.
 */
export function installedAs(directory: string): InstalledAs | undefined {
	const parts = directory.split('/');
	let at = parts.indexOf('node_modules');
	if (at === -1) return ofDebian(directory);
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

function ofDebian(directory: string): InstalledAs | undefined {
	const parts = debian.exec(directory)?.[1]?.split('/');
	if (parts === undefined) return {};
	const length = parts[0]?.startsWith('@') === true ? 2 : 1;
	return parts.length === length ? { name: parts.join('/') } : undefined;
}
