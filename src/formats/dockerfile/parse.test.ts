import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FootingError } from '../../model/errors.ts';
import { parseDockerfile, printDockerfile } from './parse.ts';

/** One line per instruction: `line-endLine KEYWORD flags | text | json | heredocs`. */
function summary(text: string): readonly string[] {
	return parseDockerfile(text).instructions.map((i) =>
		[
			`${i.line}-${i.endLine} ${i.keyword}`,
			i.flags.map((f) => `${f.name}=${f.value}`).join(','),
			i.text,
			i.json ? JSON.stringify(i.json) : '',
			i.heredocs.map((h) => `${h.name}${h.expand ? '' : ' literal'}:${JSON.stringify(h.content)}`).join(';'),
		].join('|'),
	);
}

const rows: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
	['names in any case', 'from alpine\nCmd ["a"]\n', ['1-1 FROM||alpine||', '2-2 CMD||["a"]|["a"]|']],
	[
		'continuations with a comment and a blank line inside',
		'FROM a\nRUN one \\\n  # why\n\n  && two\nUSER 1',
		['1-1 FROM||a||', '2-5 RUN||one   && two||', '6-6 USER||1||'],
	],
	['escape directive', '# escape=`\nFROM a\nCOPY x `\n c:\\\n', ['2-2 FROM||a||', '3-4 COPY||x  c:\\||']],
	['a directive after another comment is a comment', '# hello\n# escape=`\nFROM a\\\nb\n', ['3-4 FROM||ab||']],
	[
		'several heredocs, one chomped, one quoted',
		'FROM a\nCOPY <<A <<-"B" /x/\none\nA\n\ttwo\n\tB\nUSER 1\n',
		['1-1 FROM||a||', '2-6 COPY||<<A <<-"B" /x/|| A:"one\\n";B literal:"two\\n"'.replace('| A', '|A'), '7-7 USER||1||'],
	],
	['<< in quotes is no heredoc', 'FROM a\nRUN echo "<<EOF"\n', ['1-1 FROM||a||', '2-2 RUN||echo "<<EOF"||']],
	['<< in CMD is no heredoc', 'FROM a\nCMD cat <<EOF\n', ['1-1 FROM||a||', '2-2 CMD||cat <<EOF||']],
	['single quotes are not JSON', "FROM a\nCMD ['a']\n", ['1-1 FROM||a||', "2-2 CMD||['a']||"]],
	['numbers are not an exec form', 'FROM a\nCMD [1]\n', ['1-1 FROM||a||', '2-2 CMD||[1]||']],
	[
		'flags',
		'FROM --platform=$BUILDPLATFORM a AS b\nCOPY --from=b --chown=1:2 --link x y\n',
		['1-1 FROM|platform=$BUILDPLATFORM|a AS b||', '2-2 COPY|from=b,chown=1:2,link=|x y||'],
	],
	[
		'health checks',
		'FROM a\nHEALTHCHECK --interval=1s CMD curl x || exit 1\nHEALTHCHECK CMD ["a"]\n',
		['1-1 FROM||a||', '2-2 HEALTHCHECK|interval=1s|CMD curl x || exit 1||', '3-3 HEALTHCHECK||CMD ["a"]|["a"]|'],
	],
	['a trigger', 'FROM a\nONBUILD COPY . /app\n', ['1-1 FROM||a||', '2-2 ONBUILD||COPY . /app||']],
	['CRLF', 'FROM a\r\nRUN x \\\r\n y\r\n', ['1-1 FROM||a||', '2-3 RUN||x  y||']],
];
for (const [title, text, expected] of rows) test(`parse: ${title}`, () => assert.deepEqual(summary(text), expected));

const broken: readonly (readonly [title: string, text: string, code: string, message: RegExp])[] = [
	['empty', '', 'bad-dockerfile', /no instruction/],
	['only comments', '# a\n# b\n', 'bad-dockerfile', /no instruction/],
	['heredoc without its end', 'FROM scratch\nRUN <<EOF\necho x\n', 'bad-dockerfile', /line 2: the heredoc EOF has no end/],
	['unknown instruction', 'FROM a\nFOO x\n', 'bad-dockerfile', /line 2: unknown instruction FOO/],
	['before FROM', 'RUN x\nFROM a\n', 'bad-dockerfile', /line 1: RUN stands before/],
	['no FROM', 'ARG a=1\n', 'bad-dockerfile', /no FROM/],
	['FROM with two words', 'FROM a b\n', 'bad-dockerfile', /line 1: FROM takes/],
	['shell text in FROM', 'FROM "alpine;touch /x"\n', 'bad-reference', /line 1/],
	['command substitution in FROM', 'FROM alpine$(touch x)\n', 'bad-reference', /line 1/],
	['an option as image', 'FROM -oProxyCommand=x\n', 'bad-reference', /line 1/],
	['SHELL without JSON', 'FROM a\nSHELL sh -c\n', 'bad-dockerfile', /line 2: SHELL/],
];
for (const [title, text, code, message] of broken)
	test(`parse refuses: ${title}`, () =>
		assert.throws(
			() => parseDockerfile(text),
			(error) => error instanceof FootingError && error.code === code && message.test(error.message),
		));

test('stages and global arguments', () => {
	const parsed = parseDockerfile('ARG V=1\nFROM node:${V} AS Build\nRUN x\nFROM --platform=linux/amd64 scratch\nCOPY --from=build /a /a\n');
	assert.deepEqual(
		parsed.stages.map((s) => [s.index, s.name, s.base, s.platform, s.instructions.map((i) => i.keyword)]),
		[
			[0, 'build', 'node:${V}', undefined, ['RUN']],
			[1, undefined, 'scratch', 'linux/amd64', ['COPY']],
		],
	);
	assert.equal(parsed.globalArgs[0]?.text, 'V=1');
});

test('an unterminated array of 100 KB is the shell form, in no time', () => {
	const text = `FROM scratch\nCMD ["${'\\"'.repeat(50_000)}\n`;
	const start = performance.now();
	assert.equal(parseDockerfile(text).instructions[1]?.json, undefined);
	assert.ok(performance.now() - start < 500);
});

test('100 KB of blanks inside a line', () => {
	const start = performance.now();
	parseDockerfile(`FROM scratch\nRUN a${' '.repeat(100_000)}b\\\n${'\t'.repeat(100_000)}c\n`);
	assert.ok(performance.now() - start < 500);
});

const fragment = fc.constantFrom(
	'FROM a\n',
	'FROM ',
	'RUN ',
	'<<EOF',
	'EOF\n',
	'\\\n',
	'\n',
	'\r\n',
	' ',
	'# x\n',
	'# escape=`\n',
	'`\n',
	'["a"]',
	'COPY ',
	'--from=x ',
	'"',
	"'",
	'$',
	'${x:-',
	'}',
	'ONBUILD ',
	'x',
	'\ufeff',
);
test('any text gives a structure that prints as it was, or a FootingError', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
				fc.string({ unit: 'binary' }),
			),
			(text) => {
				try {
					assert.equal(printDockerfile(parseDockerfile(text)), text);
				} catch (error) {
					assert.ok(error instanceof FootingError, String(error));
				}
			},
		),
		{ numRuns: 2000 },
	);
});
