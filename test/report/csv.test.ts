import assert from 'node:assert/strict';
import test from 'node:test';
import type { CompareReport, ImageReport } from '../../src/model/report.ts';
import { csv } from '../../src/report/reporters/csv.ts';
import { golden } from '../support/golden.ts';
import { compareReport, hostile } from '../support/reports.ts';

const plain = { color: false, width: 80, verbose: false, differences: false };
const first = compareReport.images[0] as ImageReport;

test('csv: compare as users see it', () => golden('compare.csv', csv.render(compareReport, plain)));

const cells: readonly (readonly [reference: string, cell: string])[] = [
	['node:20', 'node:20'],
	['a,b', '"a,b"'],
	['say "hi"', '"say ""hi"""'],
	['=HYPERLINK("http://evil.example")', '"\'=HYPERLINK(""http://evil.example"")"'],
	['+1', "'+1"],
	['-1', "'-1"],
	['@SUM(A1)', "'@SUM(A1)"],
	[' =1', '"\' =1"'],
	['\t=1', '\\x09=1'],
	['two\r\nlines', 'two\\x0d\\x0alines'],
	[hostile, 'evil\\x1b[31m<script>\\u{202e}\\x80'],
];

for (const [reference, cell] of cells)
	test(`csv: ${JSON.stringify(reference)} is one cell and no formula`, () => {
		const report: CompareReport = {
			...compareReport,
			images: [{ ...first, image: { ...first.image, reference } }],
			rows: [{ metric: 'shells', unit: 'count', values: [3], atLeast: [true] }],
		};
		const [, line] = csv.render(report, plain).split('\r\n');
		assert.equal(line, `shells,count,${cell},sha256:${'ab'.repeat(32)},linux/amd64,full,3,true,1`);
	});

test('csv: what was not measured is empty, and nothing is divided by nothing', () => {
	const report: CompareReport = {
		...compareReport,
		rows: [{ metric: 'shells', unit: 'count', values: [0, null], atLeast: [false, false] }],
	};
	const [, one, two] = csv.render(report, plain).split('\r\n');
	assert.match(one as string, /,full,0,false,$/);
	assert.match(two as string, /,distroless,,false,$/);
});
