import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedVerification } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import { agreement, judgeBeside } from './judge.ts';

function parts(build: Verdict, start: Verdict, tests: Verdict, startMs = 100, respondMs = 10): ReportedVerification {
	return {
		reference: 'old:1',
		answer: 'unknown',
		because: '',
		build: { answer: build, how: 'build-arg', because: '', durationMs: 1, output: '' },
		start: { answer: start, because: `start ${start}`, durationMs: startMs, respondMs, output: '' },
		tests: { answer: tests, command: [], because: 'none here', output: '', exitCode: 1 },
	};
}

const rows: readonly (readonly [string, ReportedVerification, ReportedVerification | undefined, Verdict, RegExp])[] = [
	['it starts and its tests pass', parts('holds', 'holds', 'holds'), undefined, 'holds', /own tests pass; start holds/],
	['it starts and has no tests', parts('holds', 'holds', 'unknown'), undefined, 'holds', /no tests of its own were run: none here/],
	['it runs silently and has no tests', parts('holds', 'unknown', 'unknown'), undefined, 'unknown', /no tests/],
	['it runs silently and its tests pass', parts('holds', 'unknown', 'holds'), undefined, 'holds', /own tests pass/],
	['its tests fail', parts('holds', 'holds', 'fails'), undefined, 'fails', /tests fail with exit code 1/],
	['its tests fail only here', parts('holds', 'holds', 'fails'), parts('holds', 'holds', 'holds'), 'fails', /tests fail/],
	[
		'its tests fail today as well',
		parts('holds', 'holds', 'fails'),
		parts('holds', 'holds', 'fails'),
		'unknown',
		/current base, old:1, too/,
	],
	['it fails earlier than today', parts('holds', 'fails', 'fails'), parts('holds', 'holds', 'fails'), 'fails', /start fails/],
	['it does not build', parts('fails', 'holds', 'holds'), undefined, 'fails', /cannot be built/],
	[
		'it is slower',
		parts('holds', 'holds', 'holds', 9000),
		parts('holds', 'holds', 'holds', 500),
		'holds',
		/slower: ready after 9.0 s, on the current base after 0.50 s/,
	],
	[
		'it answers more slowly',
		parts('holds', 'holds', 'holds', 100, 900),
		parts('holds', 'holds', 'holds', 100, 20),
		'holds',
		/slower: it answers in 0.90 s, on the current base in 0.02 s/,
	],
	[
		'a few hundredths are noise',
		parts('holds', 'holds', 'holds', 100, 90),
		parts('holds', 'holds', 'holds', 100, 0),
		'holds',
		/own tests pass; start holds$/,
	],
];

for (const [title, own, baseline, answer, because] of rows) {
	test(`verdict: ${title}`, () => {
		const judged = judgeBeside(own, baseline);
		assert.equal(judged.answer, answer);
		assert.match(judged.because, because);
	});
}

test('verdict: the static proof agrees when both say the same, and unknown agrees with nothing', () => {
	const told = [
		agreement('runs', 'holds'),
		agreement('runs', 'fails'),
		agreement('breaks', 'fails'),
		agreement('breaks', 'holds'),
		agreement('unknown', 'holds'),
	];
	assert.deepEqual(told, ['holds', 'fails', 'holds', 'fails', 'unknown']);
});
