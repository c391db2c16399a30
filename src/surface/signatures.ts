import type { Mark } from '../model/rootfs.ts';

/** How a program is known whatever its name: texts that its makers put into every build. */
export interface Signature {
	readonly name: string;
	readonly kind: 'shell' | 'interpreter' | 'many-in-one' | 'packed';
	/** Any of these is enough. A capture begins with the version. */
	readonly texts: readonly Omit<Mark, 'name'>[];
}

const large = 256 * 1024 * 1024;
const inLarge = { minBytes: 8 * 1024 * 1024, maxBytes: large } as const;

/** Texts checked against the packages of Debian 11 to 13, Alpine 3.20 and the publishers' own builds. */
export const signatures: readonly Signature[] = [
	{ name: 'busybox', kind: 'many-in-one', texts: [{ text: 'BusyBox v', capture: 24 }] },
	{ name: 'toybox', kind: 'many-in-one', texts: [{ text: 'landley.net/toybox' }] },

	{ name: 'bash', kind: 'shell', texts: [{ text: '@(#)Bash version ', capture: 16 }] },
	{ name: 'csh', kind: 'shell', texts: [{ text: 'csh: Trying to start from' }] },
	{ name: 'dash', kind: 'shell', texts: [{ text: 'turning off NDELAY mode' }] },
	{ name: 'elvish', kind: 'shell', texts: [{ text: 'src.elv.sh/pkg/', maxBytes: large }] },
	{ name: 'fish', kind: 'shell', texts: [{ text: 'fish_default_key_bindings', maxBytes: large }] },
	{ name: 'ksh', kind: 'shell', texts: [{ text: '?libshell][+NAME?' }, { text: '@(#)PD KSH ', capture: 16 }] },
	{
		name: 'mksh',
		kind: 'shell',
		texts: [
			{ text: '@(#)MIRBSD KSH ', capture: 8 },
			{ text: '@(#)LEGACY KSH ', capture: 8 },
		],
	},
	{ name: 'nu', kind: 'shell', texts: [{ text: 'nu-cmd-lang', ...inLarge }] },
	{ name: 'posh', kind: 'shell', texts: [{ text: 'POSH_VERSION' }] },
	{ name: 'rc', kind: 'shell', texts: [{ text: 'rc: cannot shift' }] },
	{ name: 'sash', kind: 'shell', texts: [{ text: 'Stand-alone shell (version' }] },
	{ name: 'tcsh', kind: 'shell', texts: [{ text: 'tcsh %d.%.2d.%.2d' }] },
	{ name: 'yash', kind: 'shell', texts: [{ text: 'Yet another shell, version' }] },
	{ name: 'zsh', kind: 'shell', texts: [{ text: 'zsh: exit %ld' }] },

	{ name: 'gawk', kind: 'interpreter', texts: [{ text: 'GNU Awk ', capture: 12 }] },
	{
		name: 'bun',
		kind: 'interpreter',
		texts: [
			{ text: 'github.com/oven-sh/bun/issues', ...inLarge },
			{ text: '\0\0\0\0Bun/', capture: 12, ...inLarge },
		],
	},
	{ name: 'deno', kind: 'interpreter', texts: [{ text: 'github.com/denoland/deno/issues', ...inLarge }] },
	{ name: 'lua', kind: 'interpreter', texts: [{ text: '$LuaVersion: Lua ', capture: 12 }] },
	{ name: 'node', kind: 'interpreter', texts: [{ text: 'node.js/v', capture: 20, ...inLarge }] },
	{ name: 'perl', kind: 'interpreter', texts: [{ text: 'perl_parse' }] },
	{
		name: 'php',
		kind: 'interpreter',
		texts: [
			{ text: 'php_request_startup', maxBytes: large },
			{ text: 'X-Powered-By: PHP/', capture: 12, maxBytes: large },
		],
	},
	{ name: 'python', kind: 'interpreter', texts: [{ text: 'Py_BytesMain', maxBytes: 64 * 1024 * 1024 }] },
	{ name: 'ruby', kind: 'interpreter', texts: [{ text: 'ruby_run_node' }] },
	{ name: 'tclsh', kind: 'interpreter', texts: [{ text: 'Tcl_MainEx' }] },

	{ name: 'packed', kind: 'packed', texts: [{ text: '$Info: This file is packed with the ' }] },
];

const prefix = 'program:';

/** What the layers' reader has to look for. */
export const signatureMarks: readonly Mark[] = signatures.flatMap((s) => s.texts.map((t) => ({ name: prefix + s.name, ...t })));

export function markOf(signature: Signature): string {
	return prefix + signature.name;
}
