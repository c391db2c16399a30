import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { appletList } from './applets.ts';

const rows: readonly (readonly [title: string, bytes: string, expected: readonly string[] | undefined])[] = [
	['a list', 'x\0[\0[[\0ash\0cat\0\0rest', ['[', '[[', 'ash', 'cat']],
	['the longest of several', 'x\0cat\0zip\0;\0[\0ash\0cat\0sh\0wget\0\0', ['[', 'ash', 'cat', 'sh', 'wget']],
	['a list that does not begin with a bracket', 'x\0ash\0cat\0sh\0\0', ['ash', 'cat', 'sh']],
	['one name is no list', 'x\0[\0\0', undefined],
	['names out of order end it', 'x\0[\0cat\0ash\0', ['[', 'cat']],
	['nothing', '', undefined],
];
for (const [title, bytes, expected] of rows)
	test(`applets: ${title}`, () => assert.deepEqual(appletList(Buffer.from(bytes, 'latin1')), expected));

test('applets: any bytes end', () => {
	fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => appletList(bytes) === undefined || true));
	const hostile = Buffer.from('\0[\0'.repeat(200_000), 'latin1');
	assert.equal(appletList(hostile), undefined);
});
