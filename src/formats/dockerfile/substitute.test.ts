import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FootingError } from '../../model/errors.ts';
import { substitute } from './substitute.ts';

const variables = new Map([
	['x', 'value'],
	['empty', ''],
	['file', 'a/b/c.tar.gz'],
]);
const rows: readonly (readonly [text: string, expected: string])[] = [
	['$x', 'value'],
	['${x}s', 'values'],
	['$xs', ''],
	['\\$x', '$x'],
	["'$x'", '$x'],
	['"$x"', 'value'],
	['${none:-d}', 'd'],
	['${empty:-d}', 'd'],
	['${empty-d}', ''],
	['${x:+yes}', 'yes'],
	['${none:+yes}', ''],
	['${none:-${x}}', 'value'],
	['${none:-a$x}', 'avalue'],
	['${file##*/}', 'c.tar.gz'],
	['${file#*/}', 'b/c.tar.gz'],
	['${file%.*}', 'a/b/c.tar'],
	['${file%%.*}', 'a/b/c'],
	['${x/a/o}', 'volue'],
	['${file//[ac]/_}', '_/b/_.t_r.gz'],
	['$', '$'],
	['a$ b', 'a$ b'],
];
for (const [text, expected] of rows) test(`substitute: ${text}`, () => assert.equal(substitute(text, variables).text, expected));

test('names without a value are told', () => assert.deepEqual(substitute('$a${b}${c:-1}', variables).unset, ['a', 'b']));

for (const text of ['${', '${}', '${x', '${x!y}', '${none:?needed}', '${a:-'.repeat(50) + '}'.repeat(50)])
	test(`substitute refuses ${text.slice(0, 20)}`, () => assert.throws(() => substitute(text, variables), FootingError));
