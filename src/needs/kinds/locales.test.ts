import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { locales } from './locales.ts';

const rows: readonly (readonly [title: string, locale: string, base: StandingSketch, expected: string])[] = [
	['a directory', 'de_DE.UTF-8', { files: { '/usr/lib/locale/de_DE.utf8/LC_TIME': '' } }, 'holds'],
	['an archive', 'de_DE.UTF-8', { files: { '/usr/lib/locale/locale-archive': 'x\0de_DE.utf8\0y' } }, 'holds'],
	[
		'an archive without it',
		'de_DE.UTF-8',
		{ files: { '/usr/lib/locale/locale-archive': 'x\0en_US.utf8\0y' } },
		'fails (unsupported locale setting)',
	],
	['none', 'de_DE.UTF-8', {}, 'fails (unsupported locale setting)'],
	['built in', 'C', {}, 'holds'],
	['a file of the C library', 'C.UTF-8', { files: { '/usr/lib/locale/C.utf8/LC_CTYPE': '' } }, 'holds'],
	['distroless images have no C.UTF-8', 'C.UTF-8', {}, 'fails (unsupported locale setting)'],
	['musl', 'de_DE.UTF-8', { files: { '/lib/ld-musl-x86_64.so.1': elf() } }, 'holds'],
];
for (const [title, locale, on, expected] of rows)
	test(`locales: ${title}`, async () => {
		const app = application({
			command: ['main.py'],
			files: { '/app/main.py': `import locale\nlocale.setlocale(locale.LC_ALL, '${locale}')` },
		});
		assert.deepEqual(lines(await checksOf(locales, app, on)), [`required the locale ${locale}: ${expected}`]);
	});
