import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairBrackets } from './brackets.ts';
import { tokenizeJavaScript } from './tokenize.ts';

/** Kind by its first letter (template pieces by theirs), and the text. */
function shown(source: string): string {
	return tokenizeJavaScript(source)
		.map((t) => `${t.kind === 'template' ? `t.${t.piece}` : t.kind.charAt(0)}:${t.text}`)
		.join(' ');
}

const rows: readonly (readonly [title: string, source: string, expected: string])[] = [
	['comments are left out', '#!/usr/bin/env node\na // exec("x")\n/* exec("y") */ b', 'n:a n:b'],
	['strings with escapes', `'a\\'b' "\\x41\\u0042\\u{43}\\n"`, `s:a'b s:ABC\n`],
	['a string goes on behind an escaped line end', "'a\\\nb'", 's:ab'],
	['a string that is not closed ends with its line', "'a\nb", "p:' n:a n:b"],
	['a template alone', '`a\\`b`', 't.whole:a`b'],
	['a template with substitutions', '`a${b}c${d}e`', 't.head:a n:b t.middle:c n:d t.tail:e'],
	['templates and braces nested', '`${ {a:`${b}`} }`', 't.head: p:{ n:a p:: t.head: n:b t.tail: p:} t.tail:'],
	['division', 'a / b / c', 'n:a p:/ n:b p:/ n:c'],
	['a regular expression', "x = /'`/g", "n:x p:= r:/'`/g"],
	['a regular expression with a class', 'f(/[/"]/)', 'n:f p:( r:/[/"]/ p:)'],
	['a regular expression after if', "if (a) /'/.test(b)", "n:if p:( n:a p:) r:/'/ p:. n:test p:( n:b p:)"],
	['division after a call', '(a) / 2 / b', 'p:( n:a p:) p:/ n:2 p:/ n:b'.replace('n:2', 'n:2')],
	['a regular expression after a block', "{ a }\n/'/.x", "p:{ n:a p:} r:/'/ p:. n:x"],
	['division after an object', 'x = { a } / 2', 'n:x p:= p:{ n:a p:} p:/ n:2'],
	['a regular expression after return', "return /'/", "n:return r:/'/"],
	['optional chaining and a conditional', 'a?.b ? .5 : c?.5:1', 'n:a p:?. n:b p:? p:. n:5 p:: n:c p:? p:. n:5 p:: n:1'],
	['private names and names beyond ASCII', '#a é $b', 'n:#a n:é n:$b'],
];
for (const [title, source, expected] of rows) test(`JavaScript: ${title}`, () => assert.equal(shown(source), expected));

test('JavaScript: lines are counted through comments, templates and escaped line ends', () => {
	const tokens = tokenizeJavaScript('a /*\n\n*/ b\n`\n` c "\\\n" d');
	assert.deepEqual(
		tokens.map((t) => `${t.text.trim()}${t.line}`),
		['a1', 'b3', '4', 'c5', '5', 'd6'],
	);
});

test('JavaScript: any text gives tokens in the order of their lines, and brackets that belong to each other', () => {
	const part = fc.constantFrom('`', '${', '}', '{', '(', ')', '/', '\\', "'", '"', '\n', 'a', 'if', '[', ']', '*', '//', '/*', '0x1', '?.');
	fc.assert(
		fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
			const tokens = tokenizeJavaScript(parts.join(''));
			for (let i = 1; i < tokens.length; i += 1) assert.ok((tokens[i - 1]?.line ?? 0) <= (tokens[i]?.line ?? 0));
			const { partner, around } = pairBrackets(tokens);
			for (const [i, p] of partner.entries())
				if (p > i && tokens[i]?.piece !== 'middle') assert.equal(partner[p] === i || tokens[p]?.piece === 'middle', true);
			for (const [i, p] of around.entries()) assert.ok(p < i);
		}),
		{ numRuns: 2000 },
	);
});
