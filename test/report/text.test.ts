import assert from 'node:assert/strict';
import test from 'node:test';
import type { Report } from '../../src/model/report.ts';
import { json } from '../../src/report/reporters/json.ts';
import { text } from '../../src/report/reporters/text.ts';
import { explainReport } from '../support/explain-report.ts';
import { golden } from '../support/golden.ts';
import {
	chooseReport,
	compareReport,
	debugReport,
	fitReport,
	hostile,
	inspectReport,
	needsReport,
	probeReport,
	verifyReport,
} from '../support/reports.ts';

const plain = { color: false, width: 80, verbose: false, differences: false };
const reports: readonly Report[] = [
	inspectReport,
	compareReport,
	needsReport,
	fitReport,
	verifyReport,
	probeReport,
	debugReport,
	explainReport,
	chooseReport,
];

for (const report of reports) {
	test(`text: ${report.kind} as users see it`, () => golden(`${report.kind}.txt`, text.render(report, plain)));
	test(`text: ${report.kind} opened`, () =>
		golden(`${report.kind}-verbose.txt`, text.render(report, { ...plain, verbose: true, differences: true })));
	test(`json: ${report.kind} is what was given`, () => assert.deepEqual(JSON.parse(json.render(report, plain)), report));
	for (const width of [80, 120])
		test(`text: ${report.kind} stays within ${width} columns where words allow it`, () => {
			const long = text
				.render(report, { ...plain, width })
				.split('\n')
				.filter((line) => [...line].length > width && line.trim().includes(' ') && !/^ {2}[-+@ ]|Every line can be opened/.test(line));
			assert.deepEqual(long, []);
		});
	test(`text: nothing in ${report.kind} reaches the terminal unescaped`, () => {
		for (const color of [false, true]) {
			const shown = text.render(report, { ...plain, color, verbose: true, differences: true });
			// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colour sequences are what is taken away
			const rest = shown.replace(/\u001b\[(?:[0-9]{1,2}(?:;[0-9]{1,2})*)m/g, (own) => (own === '\u001b[31m' && !color ? own : ''));
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
			assert.doesNotMatch(rest, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|[\ud800-\udfff]/u);
			assert.ok(!shown.includes(hostile));
		}
	});
}
