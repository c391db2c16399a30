import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type OsvRecord, readOsv } from '../formats/osv.ts';
import { FootingError } from '../model/errors.ts';
import { affects } from './affects.ts';

type Event = Readonly<Record<string, string | undefined>>;

function record(
	events: readonly Event[],
	more: Readonly<Record<string, unknown>> = {},
	ecosystem = 'Debian:12',
	type = 'ECOSYSTEM',
): OsvRecord {
	const affected = [{ package: { ecosystem, name: 'curl' }, ranges: [{ type, events }], versions: ['7.0-odd'] }];
	return readOsv(JSON.stringify({ id: 'X-1', modified: '2026-01-01T00:00:00Z', affected, ...more }));
}

const fixed = [{ introduced: '0' }, { fixed: '7.88.1-10+deb12u5' }];
const rows: readonly (readonly [title: string, OsvRecord, version: string, expected: string])[] = [
	['before the fix', record(fixed), '7.88.1-10+deb12u4', 'holds'],
	['the fix itself', record(fixed), '7.88.1-10+deb12u5', 'fails'],
	['after the fix', record(fixed), '8.0-1', 'fails'],
	['a version named one by one', record(fixed), '7.0-odd', 'holds'],
	['never fixed', record([{ introduced: '0' }]), '9', 'holds'],
	['before it was introduced', record([{ introduced: '7.80' }, { fixed: '7.90' }]), '7.79', 'fails'],
	['introduced with it', record([{ introduced: '7.80' }, { fixed: '7.90' }]), '7.80', 'holds'],
	['the last affected one', record([{ introduced: '0' }, { last_affected: '7.90' }]), '7.90', 'holds'],
	['after the last affected one', record([{ introduced: '0' }, { last_affected: '7.90' }]), '7.90-1', 'fails'],
	['introduced again', record([{ introduced: '0' }, { fixed: '1' }, { introduced: '2' }, { fixed: '3' }]), '2.5', 'holds'],
	['between two spans', record([{ introduced: '0' }, { fixed: '1' }, { introduced: '2' }, { fixed: '3' }]), '1.5', 'fails'],
	['events in any order', record([{ fixed: '3' }, { introduced: '0' }]), '2', 'holds'],
	['taken back', record(fixed, { withdrawn: '2026-02-01T00:00:00Z' }), '1', 'fails'],
	['a range of commits', record(fixed, {}, 'Debian:12', 'GIT'), '1', 'unknown'],
];
for (const [title, osv, version, expected] of rows)
	test(`affects: ${title}`, () => assert.equal(affects(osv, { ecosystem: 'Debian:12', name: 'curl', version }), expected));

test('affects: another release, another package: no; an ecosystem without an order: unknown', () => {
	assert.equal(affects(record(fixed), { ecosystem: 'Debian:13', name: 'curl', version: '1' }), 'fails');
	assert.equal(affects(record(fixed), { ecosystem: 'Debian:12', name: 'libcurl4', version: '1' }), 'fails');
	assert.equal(affects(record(fixed, {}, 'npm'), { ecosystem: 'npm', name: 'curl', version: '1' }), 'unknown');
});

test('osv: any text is a record or a FootingError', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.json(), fc.constant('{"id":"a","modified":"b","affected":[{"package":{"__proto__":1}}]}')),
			(text) => {
				try {
					readOsv(text);
				} catch (error) {
					assert.ok(error instanceof FootingError && error.code === 'bad-advisory', String(error));
				}
			},
		),
	);
});
