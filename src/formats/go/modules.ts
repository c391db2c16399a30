export interface GoModule {
	/** Import path. */
	readonly path: string;
	/** `(devel)` for a main module that was built from a working copy; empty for a directory. */
	readonly version: string;
	/** What was built in its place. */
	readonly replacedBy?: { readonly path: string; readonly version: string };
}

/** What `go version -m` prints of a program, behind its first line. */
export interface GoModules {
	/** Import path of the main package. */
	readonly path: string;
	/** Module of the main package; absent for a program built from files. */
	readonly main?: GoModule;
	readonly dependencies: readonly GoModule[];
	/** `CGO_ENABLED`, `-tags` … */
	readonly settings: ReadonlyMap<string, string>;
}

const maxLines = 20_000;

/** Lines of words separated by tabs (Go package runtime/debug, "ParseBuildInfo"). */
export function readGoModules(text: string): GoModules {
	const settings = new Map<string, string>();
	const modules: { main?: GoModule; readonly dependencies: GoModule[] } = { dependencies: [] };
	let path = '';
	let last: 'main' | 'dependency' | undefined;
	for (const line of text.split('\n', maxLines)) {
		const [word = '', first = '', second = ''] = line.split('\t');
		if (word === 'path') path = first;
		else if (word === 'build') settings.set(first.slice(0, first.indexOf('=')), first.slice(first.indexOf('=') + 1));
		else if (word === '=>' && last !== undefined) replace(modules, last, { path: first, version: second });
		if (word === 'mod') modules.main = { path: first, version: second };
		else if (word === 'dep') modules.dependencies.push({ path: first, version: second });
		last = word === 'mod' ? 'main' : word === 'dep' ? 'dependency' : undefined;
	}
	return { path, ...modules, settings };
}

function replace(
	modules: { main?: GoModule; readonly dependencies: GoModule[] },
	which: 'main' | 'dependency',
	by: { readonly path: string; readonly version: string },
): void {
	const module = which === 'main' ? modules.main : modules.dependencies.pop();
	if (module === undefined) return;
	const replaced = { ...module, replacedBy: by };
	if (which === 'main') modules.main = replaced;
	else modules.dependencies.push(replaced);
}
