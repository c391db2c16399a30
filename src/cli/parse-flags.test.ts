import assert from 'node:assert/strict';
import test from 'node:test';
import { nearest } from '../model/nearest.ts';
import { commonFlags } from './common-flags.ts';
import { oneOf, pairs, parseFlags } from './parse-flags.ts';

test('flags: values, repeats, switches and arguments', () => {
	const { args, flags } = parseFlags(
		['a', '--registry-mirror', 'x=y', '--registry-mirror=z=w', '-q', '--format=json', '--', '--b'],
		commonFlags,
	);
	assert.deepEqual(args, ['a', '--b']);
	assert.deepEqual(flags.texts('registry-mirror'), ['x=y', 'z=w']);
	assert.equal(flags.on('quiet'), true);
	assert.equal(flags.text('format'), 'json');
	assert.equal(flags.text('output'), undefined);
});

const wrong: readonly (readonly [string[], RegExp])[] = [
	[['--formt', 'json'], /there is no --formt; did you mean --format\?/],
	[['--zzz'], /there is no --zzz$/],
	[['--format'], /--format/],
	[['--quiet=yes'], /quiet/],
];
for (const [argv, message] of wrong)
	test(`flags: ${argv.join(' ')} is told`, () => assert.throws(() => parseFlags(argv, commonFlags), { code: 'bad-usage', message }));

test('flags: pairs are split at the first =', () => {
	assert.deepEqual(pairs('substitute', ['a=b=c']), [['a', 'b=c']]);
	for (const bad of ['a', '=b', 'a=']) assert.throws(() => pairs('substitute', [bad]), { code: 'bad-usage' });
});

test('flags: one of a set', () => {
	assert.equal(oneOf('data', 'ordinary', ['ordinary', 'sensitive']), 'ordinary');
	assert.throws(() => oneOf('data', 'x', ['ordinary', 'sensitive']), /it is one of ordinary, sensitive/);
});

test('nearest: a typing error is understood, a wild guess is not', () => {
	assert.equal(nearest('inpsect', ['inspect', 'fit']), 'inspect');
	assert.equal(nearest('frobnicate', ['inspect', 'fit']), undefined);
});
