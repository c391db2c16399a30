import assert from 'node:assert/strict';
import test from 'node:test';
import type { Report } from '../../src/model/report.ts';
import { code, fenced, htmlCode, prose } from '../../src/report/markdown/escape.ts';
import { markdown } from '../../src/report/reporters/markdown.ts';
import { golden } from '../support/golden.ts';
import { chooseReport, compareReport, hostile, inspectReport } from '../support/reports.ts';

const plain = { color: false, width: 80, verbose: false, differences: false };
const reports: readonly Report[] = [inspectReport, compareReport, chooseReport];

for (const report of reports) {
	test(`markdown: ${report.kind} as users see it`, () => golden(`${report.kind}.md`, markdown.render(report, plain)));
	test(`markdown: nothing in ${report.kind} is markup of an image`, () => {
		const shown = markdown.render(report, { ...plain, verbose: true });
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
		assert.doesNotMatch(shown, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|[\ud800-\udfff]/u);
		assert.ok(!shown.includes(hostile));
		// outside of code spans and blocks nothing of HTML but our own
		const outside = shown.replace(/^(`{3,})[\s\S]*?^\1$/gm, '').replace(/(`+)[^`\n]+\1/g, '');
		assert.deepEqual(
			(outside.match(/<[^>]*>?/g) ?? []).filter((tag) => !/^<\/?(details|summary|code)>$/.test(tag)),
			[],
		);
	});
}

const spans: readonly (readonly [text: string, code: string, prose: string])[] = [
	['bash', '`bash`', 'bash'],
	['a|b', '`a\\|b`', 'a\\|b'],
	['`', '`` ` ``', '\\`'],
	['a``b', '```a``b```', 'a\\`\\`b'],
	['<img src=x>', '`<img src=x>`', '&lt;img src=x&gt;'],
	['[x](https://evil.example)', '`[x](https://evil.example)`', '\\[x\\](https:&#8203;//evil.example)'],
	['ask @team about #1', '`ask @team about #1`', 'ask @&#8203;team about \\#&#8203;1'],
	['two\nlines', '`two\\x0alines`', 'two\\\\x0alines'],
	['1. one', '`1. one`', '1\\. one'],
	['&lt;', '`&lt;`', '&amp;lt;'],
];

for (const [text, span, sentence] of spans)
	test(`markdown: ${JSON.stringify(text)} is shown as it is`, () => {
		assert.equal(code(text), span);
		assert.equal(prose(text), sentence);
	});

test('markdown: a fence is longer than any in its text, and a summary takes no tag', () => {
	assert.deepEqual(fenced('+````\n+\u001b[31m\n', 'diff'), ['`````diff', '+````', '+\\x1b[31m', '`````']);
	assert.equal(htmlCode('a<b>&'), '<code>a&lt;b&gt;&amp;</code>');
});
