import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import type { ElfSpec } from '../../../test/support/elf.ts';
import { binary, glibc, glibcPath, musl, muslPath } from '../../../test/support/loaders.ts';
import { characterSets } from './character-sets.ts';

const program = (spec: ElfSpec, ...names: readonly string[]): ApplicationSketch => ({
	entrypoint: ['/app/run'],
	files: { '/app/run': binary({ imports: ['iconv_open'], tail: `\0${names.join('\0')}\0`, ...spec }) },
});
const onGlibc = { interpreter: glibcPath };
const onMusl = { interpreter: muslPath };
const isStatic: ElfSpec = { type: 'executable', dynamic: false, functions: ['iconv_open'] };
const modules = '/usr/lib/x86_64-linux-gnu/gconv';
const debian: StandingSketch = {
	files: {
		...glibc(36),
		[`${modules}/gconv-modules`]: 'alias LATIN1// ISO-8859-1//\nmodule ISO-8859-1// INTERNAL ISO8859-1 1\n',
		[`${modules}/gconv-modules.d/extra.conf`]: '# more\nmodule CP1252// INTERNAL CP1252 1\nalias MS-ANSI// CP1252//\n',
		[`${modules}/ISO8859-1.so`]: binary({}),
		[`${modules}/CP1252.so`]: binary({}),
	},
};
const bare: StandingSketch = { files: glibc(36) };
const withoutList: StandingSketch = { files: { ...glibc(36), [`${modules}/ISO8859-1.so`]: binary({}) } };
const alpine: StandingSketch = { files: musl() };

const rows: readonly (readonly [title: string, app: ApplicationSketch, base: StandingSketch, expected: string])[] = [
	['built in', program(onGlibc, 'UTF-8', 'ASCII//TRANSLIT'), bare, 'holds'],
	['a module', program(onGlibc, 'ISO-8859-1'), debian, 'holds'],
	['a module by another name', program(onGlibc, 'latin1'), debian, 'holds'],
	['a module of the second configuration', program(onGlibc, 'windows-1252', 'CP1252'), debian, 'fails (iconv_open: Invalid argument)'],
	['no module', program(onGlibc, 'KOI8-R'), debian, 'fails (iconv_open: Invalid argument)'],
	['no modules at all', program(onGlibc, 'ISO-8859-1'), bare, 'fails (iconv_open: Invalid argument)'],
	['modules that nothing lists', program(onGlibc, 'ISO-8859-1'), withoutList, 'fails (iconv_open: Invalid argument)'],
	[
		'a static program and the modules of another glibc',
		program({ ...isStatic, tail: '\0GLIBC_TUNABLES\0ISO-8859-1\0' }),
		debian,
		'unknown',
	],
	['musl has it built in', program(onMusl, 'ISO-8859-1', 'SHIFT_JIS'), alpine, 'holds'],
	['musl knows no suffix', program(onMusl, 'ASCII//TRANSLIT'), alpine, 'fails (iconv_open: Invalid argument)'],
];
for (const [title, app, base, expected] of rows)
	test(`character sets: ${title}`, async () => {
		const [line] = lines(await checksOf(characterSets, application(app), base));
		assert.equal(line?.replace(/^required the character sets [^:]*: /, ''), expected);
	});
