import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tokenizePython } from './tokenize.ts';

/** One line for each logical line: its indentation, its block, and its tokens. */
function shown(source: string): readonly string[] {
	return tokenizePython(source).map(
		({ indent, parent, tokens }) =>
			`${indent}/${parent} ${tokens.map((t) => `${t.kind.charAt(0)}:${t.text}${t.whole === false ? '…' : ''}`).join(' ')}`,
	);
}

const rows: readonly (readonly [title: string, source: string, expected: readonly string[]])[] = [
	['comments and blank lines are left out', '# os.system("x")\n\na # b\n', ['0/-1 n:a']],
	['blocks', 'if a:\n    b\n    if c:\n\td\ne', ['0/-1 n:if n:a o::', '4/0 n:b', '4/0 n:if n:c o::', '8/2 n:d', '0/-1 n:e']],
	['brackets join lines', 'f(a,\n  b)\nc', ['0/-1 n:f o:( n:a o:, n:b o:)', '0/-1 n:c']],
	['a backslash joins lines', 'a = \\\n  1', ['0/-1 n:a o:= n:1']],
	['strings', `'a' "b\\n" '''c\n'd' ''' r'\\d' b"e" `, [`0/-1 s:a s:b\n s:c\n'd'  s:\\d s:e`]],
	['a string that is not closed ends with its line', "'a\nb", ['0/-1 s:…', '0/-1 n:b']],
	['f-strings are known up to their first field', `f"a{b['c']}d" f'{{x}}' rf"{x!r:>{w}}"`, ['0/-1 s:a… s:{x} s:…']],
	['numbers', '1e-5 0x1F 1_000.5 .5j', ['0/-1 n:1e-5 n:0x1F n:1_000.5 n:.5j']],
	['operators', 'a:=b**-c//d->e...', ['0/-1 n:a o::= n:b o:** o:- n:c o:// n:d o:-> n:e o:...']],
];
for (const [title, source, expected] of rows) test(`Python: ${title}`, () => assert.deepEqual(shown(source), expected));

test('Python: lines are counted through strings and joined lines', () => {
	const tokens = tokenizePython('a\n"""x\ny"""\nb = (1,\n2)\nc').flatMap((line) => line.tokens);
	assert.deepEqual(
		tokens.filter((t) => t.kind !== 'operator').map((t) => t.line),
		[1, 2, 4, 4, 5, 6],
	);
});

test('Python: any text gives lines in order, each in a block above it', () => {
	const part = fc.constantFrom(
		'"""',
		"'",
		'"',
		'{',
		'}',
		'(',
		')',
		'\n',
		' ',
		'\t',
		'a',
		'f"',
		'\\',
		'#',
		':',
		'rb',
		'\\N{x}',
		'\r\n',
		'{{',
		"'''",
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
			const lines = tokenizePython(parts.join(''));
			let last = 1;
			for (const [index, line] of lines.entries()) {
				assert.ok(line.parent < index && line.tokens.length > 0);
				for (const token of line.tokens) {
					assert.ok(token.line >= last, `${token.line} after ${last}`);
					last = token.line;
				}
			}
		}),
		{ numRuns: 3000 },
	);
});
