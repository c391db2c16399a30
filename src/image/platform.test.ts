import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalPlatform, parsePlatform, platformMatch, platformText } from './platform.ts';

const spellings: readonly (readonly [written: string, normal: string])[] = [
	['linux/amd64', 'linux/amd64'],
	['linux/x86_64', 'linux/amd64'],
	['arm64', 'linux/arm64'],
	['Linux/AARCH64', 'linux/arm64'],
	['linux/arm64/v8', 'linux/arm64'],
	['linux/arm64/8', 'linux/arm64'],
	['linux/arm', 'linux/arm/v7'],
	['linux/armhf', 'linux/arm/v7'],
	['linux/armel', 'linux/arm/v6'],
	['linux/arm/6', 'linux/arm/v6'],
	['linux/i386', 'linux/386'],
	['windows/amd64', 'windows/amd64'],
];

for (const [written, normal] of spellings) {
	test(`platform: ${written} is ${normal}`, () => {
		assert.equal(platformText(parsePlatform(written)), normal);
		assert.equal(platformText(normalPlatform(parsePlatform(normal))), normal);
	});
}

for (const written of ['', '/', 'linux/', 'linux/amd64/v1/x', 'linux amd64', '-x', '../x', 'linux/a\nb']) {
	test(`platform: ${JSON.stringify(written)} is refused`, () => {
		assert.throws(() => parsePlatform(written), { code: 'bad-usage' });
	});
}

/** Which of the offers serves the wish best. */
const choices: readonly (readonly [wish: string, offers: readonly string[], best: string | undefined])[] = [
	['linux/amd64', ['linux/arm64', 'linux/amd64'], 'linux/amd64'],
	['linux/amd64', ['linux/386', 'windows/amd64'], undefined],
	['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm64/v8'], 'linux/arm/v6'],
	['linux/arm/v6', ['linux/arm/v7'], undefined],
	['linux/arm', ['linux/arm/v7', 'linux/arm/v6'], 'linux/arm/v7'],
	['linux/arm64', ['linux/arm64/v8'], 'linux/arm64/v8'],
	['linux/amd64', ['linux/amd64/v3'], undefined],
	['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2'], 'linux/amd64/v2'],
	['linux/mips64/softfloat', ['linux/mips64/hardfloat'], undefined],
];

for (const [wish, offers, best] of choices) {
	test(`platform: for ${wish}, of ${offers.join(' and ')}, ${best ?? 'nothing'} will do`, () => {
		const ranked = offers
			.map((text) => {
				const [os = '', architecture = '', variant] = text.split('/');
				const offer = { os, architecture, ...(variant === undefined ? {} : { variant }) };
				return { text, rank: platformMatch(offer, parsePlatform(wish)) };
			})
			.filter((o) => o.rank !== undefined)
			.sort((a, b) => (b.rank as number) - (a.rank as number));
		assert.equal(ranked[0]?.text, best);
	});
}
