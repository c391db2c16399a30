import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FootingError } from '../../model/errors.ts';
import { parseShell } from './parse.ts';
import { commandsIn, literalOf } from './syntax.ts';

/** Names of the commands with their lines. */
function names(text: string): readonly string[] {
	return [...commandsIn(parseShell(text))].map((c) => `${c.line} ${c.words.map((w) => literalOf(w) ?? '…').join(' ')}`.trim());
}

const rows: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
	['a list', 'a b; c && d || e & f', ['1 a b', '1 c', '1 d', '1 e', '1 f']],
	['quotes and continuations', 'a "b c" \'d\' \\\n e\\ f\ng', ['1 a b c d e f', '3 g']],
	['if', 'if a; then b; elif c\nthen d; else e; fi', ['1 a', '1 b', '1 c', '2 d', '2 e']],
	['loops', 'for x in 1 2; do a; done\nwhile b; do c; done', ['1 a', '2 b', '2 c']],
	['case', 'case "$1" in\n -*|x) a;;\n (*) b\nesac', ['2 a', '3 b']],
	['function and group', 'f() { a; }\nfunction g { b\n}\n( c )', ['1 a', '2 b', '4 c']],
	['substitutions', 'a "$(b | c)" `d`', ['1 a … …', '1 b', '1 c', '1 d']],
	['heredoc', 'cat <<EOF >x\nrm -rf /\nEOF\nb', ['1 cat', '4 b']],
	['[[ ]]', '[[ -n $x && a < b ]] && c', ['1 [[ -n … && a < b ]]', '1 c']],
	[
		'the entry script of the node images',
		'if [ "${1#-}" != "${1}" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then\n  set -- node "$@"\nfi\n\nexec "$@"',
		['1 [ … != … ]', '1 [ -f … ]', '1 [ -x … ]', '2 set -- node …', '5 exec …'],
	],
	['comments', 'a # b\n# c\nd#e', ['1 a', '3 d#e']],
	['array', 'x=(1 2 "$3"); a "${x[@]}"', ['1', '1 a …']],
	['redirections', 'a 2>/dev/null >&2 <b', ['1 a']],
	['done and in as arguments', 'echo done in fi', ['1 echo done in fi']],
];
for (const [title, text, expected] of rows) test(`shell: ${title}`, () => assert.deepEqual(names(text), expected));

for (const text of ['if a', 'a )', '"', '$(', 'case x in a', '( a', '((((('.repeat(50)])
	test(`shell refuses ${text.slice(0, 10)}`, () => assert.throws(() => parseShell(text), FootingError));

const fragment = fc.constantFrom(
	'if ',
	'then ',
	'fi',
	';',
	'\n',
	' ',
	'a',
	'$',
	'${',
	'}',
	'$(',
	')',
	'(',
	'`',
	'"',
	"'",
	'\\',
	'<<E',
	'E',
	'&&',
	'|',
	'case ',
	' in ',
	'esac',
	';;',
	'[[ ',
	' ]]',
	'#',
	'{ ',
	'for x ',
	'do ',
	'done',
);
test('any text gives a tree or a FootingError', () => {
	fc.assert(
		fc.property(fc.array(fragment, { maxLength: 25 }), (parts) => {
			try {
				parseShell(parts.join(''));
			} catch (error) {
				assert.ok(error instanceof FootingError, String(error));
			}
		}),
		{ numRuns: 2000 },
	);
});
