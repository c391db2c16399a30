import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOff, parseRetryAfter } from './retry.ts';

const now = new Date('2026-11-25T12:00:00Z');

const cases: readonly [value: string | undefined, expected: number | undefined][] = [
	[undefined, undefined],
	['0', 0],
	['7', 7000],
	[' 7 ', 7000],
	['3600', 3_600_000],
	['Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
	['Wed, 25 Nov 2026 11:00:00 GMT', 0],
	['-7', undefined],
	['7.5', undefined],
	['soon', undefined],
	['99999999999999999999', undefined],
	['1e3', undefined],
];

for (const [value, expected] of cases)
	test(`Retry-After: ${value ?? 'absent'}`, () => {
		assert.equal(parseRetryAfter(value, now), expected);
	});

test('back-off doubles, is partly chance, and stays below 20 s', () => {
	for (const [failures, longest] of [
		[1, 500],
		[2, 1000],
		[3, 2000],
		[4, 4000],
		[9, 20_000],
		[2000, 20_000],
	] as const)
		for (let i = 0; i < 50; i += 1) {
			const ms = backOff(failures);
			assert.ok(ms >= longest / 2 && ms <= longest, `${ms} after ${failures} failures`);
		}
});
