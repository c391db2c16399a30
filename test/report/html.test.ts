import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import type { Report } from '../../src/model/report.ts';
import { mayRun } from '../../src/report/html/page/pen.ts';
import { squarify } from '../../src/report/html/page/treemap.ts';
import { borrowed, modules, pageScript } from '../../src/report/html/script.ts';
import { html } from '../../src/report/reporters/html.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { paper } from '../support/paper-document.ts';
import { chooseReport, compareReport, inspectReport } from '../support/reports.ts';

const plain = { color: false, width: 80, verbose: false, differences: false };
const reports: readonly Report[] = [inspectReport, compareReport, chooseReport];
const folder = join(import.meta.dirname, '../../src/report/html/page');
const sources = readdirSync(folder)
	.filter((name) => name !== 'dom.ts')
	.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

test('html: a module of the page holds nothing but exported functions, for their text is all that reaches the page', () => {
	for (const { name, text } of sources) {
		const top = text.split('\n').filter((line) => /^[a-z]/i.test(line) && !/^(import|export (function|interface|type)) /.test(line));
		assert.deepEqual(top, [], `${name}: only exported functions may stand at the top`);
	}
	assert.equal(modules.length, sources.length, 'name the module in script.ts');
});

test('html: what a module of the page imports reaches the page too, each name once', () => {
	const functions = [...borrowed.functions.map(({ name }) => name), ...modules.flatMap((one) => Object.keys(one))];
	const names = [...functions, ...Object.keys(borrowed.values)];
	assert.deepEqual(names, [...new Set(names)]);
	for (const { name, text } of sources)
		for (const [, clause = ''] of text.matchAll(/^import \{([^}]*)\} from/gm))
			for (const imported of clause.split(',').map((one) => one.trim()))
				if (imported !== '' && !imported.startsWith('type ')) assert.ok(names.includes(imported), `${name}: ${imported}`);
});

test('html: the script is a script, and cannot end its element', () => {
	assert.doesNotThrow(() => new Function(pageScript()));
	assert.doesNotMatch(pageScript(), /<\/script|<!--/i);
});

for (const report of reports)
	test(`html: ${report.kind}: markup, script and policy are ours, whatever is in the report`, () => {
		const page = html.render(hostileReport(report), plain);
		const bare = page.replace(/(<script[^>]*>|<style>)[\s\S]*?(<\/script>|<\/style>)/g, '$1$2');
		assert.equal(bare, html.render(report, plain).replace(/(<script[^>]*>|<style>)[\s\S]*?(<\/script>|<\/style>)/g, '$1$2'));
		const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
		const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
		const policy = `default-src 'none'; script-src '${sha256(script)}'; style-src '${sha256(style)}'; base-uri 'none'; form-action 'none'`;
		assert.ok(bare.includes(`content="${policy}"`));
		const data = /<script type="application\/json" id="report">(.*)<\/script>/.exec(page)?.[1] ?? '';
		assert.doesNotMatch(data, /[<>&\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]|\p{Cs}/u);
		assert.deepEqual(JSON.parse(data), JSON.parse(JSON.stringify(hostileReport(report))));
	});

for (const report of [...reports, ...reports.map(hostileReport)])
	test(`html: ${report.kind}: the script that lies in the page draws it, with all that can be opened`, async () => {
		const { document, window, page } = paper(JSON.stringify(report));
		// as in the page, where it finds nothing but what stands in it
		new Function('document', 'window', pageScript())(document, window);
		await new Promise((resolve) => setImmediate(resolve));
		for (const kind of ['details', 'button', 'input', 'select'])
			for (const element of page.all(kind)) for (const event of ['toggle', 'click', 'input', 'change']) element.happens(event);
		assert.ok(page.all('section').length >= 4);
		assert.ok(page.textContent.length > 500);
	});

const attributes: readonly (readonly [name: string, value: string, runs: boolean])[] = [
	['class', 'x', false],
	['href', '#lists', false],
	['href', 'javascript:alert(1)', true],
	['href', '//evil.example', true],
	['onclick', 'x', true],
	['style', 'x', true],
	['src', 'x', true],
	['xlink:href', '#a', true],
	['formaction', 'x', true],
];

for (const [name, value, runs] of attributes)
	test(`html: ${name}="${value}" ${runs ? 'is not set' : 'is set'}`, () => assert.equal(mayRun(name, value), runs));

test('html: the areas of a treemap are the shares of its values, inside the picture and side by side', () => {
	const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
	const side = fc.integer({ min: 50, max: 1200 });
	fc.assert(
		fc.property(sizes, side, side, (values, width, height) => {
			const sorted = values.sort((a, b) => b - a);
			const total = sorted.reduce((a, b) => a + b, 0);
			const tiles = squarify(
				sorted.map((value) => ({ value, of: value })),
				width,
				height,
			);
			assert.equal(tiles.length, sorted.length);
			for (const { x, y, width: w, height: h, of } of tiles) {
				assert.ok(x >= -1e-6 && y >= -1e-6 && x + w <= width + 1e-6 && y + h <= height + 1e-6);
				assert.ok(Math.abs(w * h - (of / total) * width * height) < 1e-3);
			}
			for (const [i, a] of tiles.entries())
				for (const b of tiles.slice(i + 1)) {
					const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
					const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
					assert.ok(across < 1e-6 || down < 1e-6);
				}
		}),
		{ numRuns: 60 },
	);
});

function sha256(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
