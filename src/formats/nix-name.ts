/** What the name of a directory in the store of Nix says. */
export interface NixName {
	readonly name: string;
	readonly version: string;
	/** Of an output that holds nothing but documentation. */
	readonly documentation: boolean;
}

/** Outputs that recipes split packages into; the one without a suffix is `out`. */
const outputs = /-(bin|dev|lib|doc|devdoc|man|info|static|debug|data|dist|modules|terminfo|locale|sharedData|py|tests|examples)$/;
const documentation: ReadonlySet<string> = new Set(['doc', 'devdoc', 'man', 'info', 'examples']);

/**
 * Takes `HASH-NAME-VERSION-OUTPUT` apart: a hash of 32 digits of Nix's own base 32, and the version behind the first dash that no letter
 * follows (Nix manual, `builtins.parseDrvName`). Undefined: no store path, a recipe (`.drv`), or no version.
 */
export function nixName(entry: string): NixName | undefined {
	const rest = /^[0-9a-df-np-sv-z]{32}-([0-9A-Za-z+\-._?=]{1,211})$/.exec(entry)?.[1];
	if (rest === undefined || rest.endsWith('.drv')) return undefined;
	const dash = rest.search(/-[^A-Za-z]/);
	if (dash <= 0) return undefined;
	const output = outputs.exec(rest.slice(dash));
	const version = rest.slice(dash + 1, output === null ? undefined : dash + output.index);
	return version === '' ? undefined : { name: rest.slice(0, dash), version, documentation: documentation.has(output?.[1] ?? '') };
}
