import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLdSoCache } from './ld-so-cache.ts';

interface Line {
	readonly name: string;
	readonly path: string;
	readonly hwcap?: bigint;
}

/** The new format as ldconfig writes it; `before` bytes of the old format in front, which offsets do not count. */
function cache(lines: readonly Line[], { little = true, said = true }: { little?: boolean; said?: boolean } = {}): Buffer {
	const head = Buffer.alloc(48 + lines.length * 24);
	head.write('glibc-ld.so.cache1.1', 'latin1');
	const u32 = (at: number, value: number): number => (little ? head.writeUInt32LE(value, at) : head.writeUInt32BE(value, at));
	let strings = '';
	const at = (text: string): number => {
		strings += `${text}\0`;
		return head.length + strings.length - text.length - 1;
	};
	u32(20, lines.length);
	head[28] = said ? (little ? 2 : 3) : 0;
	lines.forEach(({ name, path, hwcap = 0n }, i) => {
		u32(48 + i * 24, 0x303);
		u32(52 + i * 24, at(name));
		u32(56 + i * 24, at(path));
		if (little) head.writeBigUInt64LE(hwcap, 64 + i * 24);
		else head.writeBigUInt64BE(hwcap, 64 + i * 24);
	});
	u32(24, strings.length);
	return Buffer.concat([head, Buffer.from(strings, 'latin1')]);
}

const lines: readonly Line[] = [
	{ name: 'libz.so.1', path: '/lib/libz.so.1' },
	{ name: 'liby.so.2', path: '/lib/glibc-hwcaps/x86-64-v3/liby.so.2', hwcap: 0x4000000000000001n },
];
const expected = [
	{ name: 'libz.so.1', path: '/lib/libz.so.1', special: false },
	{ name: 'liby.so.2', path: '/lib/glibc-hwcaps/x86-64-v3/liby.so.2', special: true },
];

test('ld.so.cache: the new format', () => assert.deepEqual(parseLdSoCache(cache(lines)), expected));
test('ld.so.cache: the byte order is not said', () => assert.deepEqual(parseLdSoCache(cache(lines, { said: false })), expected));
test('ld.so.cache: big-endian', () => assert.deepEqual(parseLdSoCache(cache(lines, { little: false })), expected));
test('ld.so.cache: big-endian, not said', () => assert.deepEqual(parseLdSoCache(cache(lines, { little: false, said: false })), expected));

test('ld.so.cache: behind the old format', () => {
	const old = Buffer.alloc(16 + 12 * 3);
	old.write('ld.so-1.7.0', 'latin1');
	old.writeUInt32LE(3, 12);
	const padding = Buffer.alloc((8 - (old.length % 8)) % 8);
	assert.deepEqual(parseLdSoCache(Buffer.concat([old, padding, cache(lines)])), expected);
});

for (const [title, bytes] of [
	['nothing', Buffer.alloc(0)],
	['text', Buffer.from('/lib/libz.so.1\n')],
	['more entries than bytes', cache(lines).subarray(0, 60)],
] as const)
	test(`ld.so.cache: ${title} is ignored`, () => assert.equal(parseLdSoCache(bytes), undefined));

test('ld.so.cache: any change of bytes gives a list or nothing', () => {
	const bytes = cache(lines);
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 10 }), (changes) => {
			const changed = Uint8Array.from(bytes);
			for (const [at, value] of changes) changed[at] = value;
			const found = parseLdSoCache(changed);
			assert.ok(found === undefined || Array.isArray(found));
		}),
		{ numRuns: 2000 },
	);
});
