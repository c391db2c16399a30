import { programsNamed } from '../by-name.ts';
import type { Metric } from '../metric.ts';

/** Plain names of language runtimes; `python3.11` is `python`. */
const languages: ReadonlySet<string> = new Set(
	`awk bun deno dotnet erl gawk gjs groovy guile java julia lua luajit mawk mono nawk node octave ocaml perl php pypy python qjs R racket
	ruby tclsh wish`.split(/\s+/),
);

/** Programs that run code somebody hands them as text or bytecode; shells are counted apart. */
export const interpreters: Metric<'interpreters'> = {
	title: 'interpreters',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = programsNamed(scene, languageOf);
			return { count: items.length, items };
		},
	}),
};

function languageOf(name: string): string | undefined {
	const plain = name === 'nodejs' ? 'node' : name.replace(/-?\d[\d.]{0,8}$/, '');
	return languages.has(plain) ? plain : undefined;
}
