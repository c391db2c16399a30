import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { php } from './php.ts';

const php82: StandingSketch = { files: { '/usr/local/bin/php': elf({ captures: [{ name: 'php', text: '8.2.10' }] }) } };
const byExtensions: StandingSketch = { files: { '/usr/bin/php8.1': elf(), '/usr/lib/php/20210902/x.so': '' } };
const composer = (least: string): ApplicationSketch => ({
	command: ['php', 'index.php'],
	files: { '/app/vendor/composer/platform_check.php': `<?php\nif (!(PHP_VERSION_ID >= ${least})) {` },
});

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	['new enough', composer('80100'), php82, ['required PHP 8.1.0 or newer: holds']],
	[
		'too old',
		composer('80300'),
		php82,
		[
			'required PHP 8.3.0 or newer: fails (Composer detected issues in your platform: Your Composer dependencies require a PHP version ">= 8.3.0". You are running 8.2.10.)',
		],
	],
	[
		'told by its extensions',
		composer('80200'),
		byExtensions,
		[
			'required PHP 8.2.0 or newer: fails (Composer detected issues in your platform: Your Composer dependencies require a PHP version ">= 8.2.0". You are running 8.1.)',
		],
	],
	['any version', { command: ['php', 'x.php'] }, php82, ['required PHP: holds']],
	['none', { command: ['php', 'x.php'] }, {}, ['required PHP: fails']],
	['no PHP in the application', { command: ['node', 'x.js'] }, php82, []],
];
for (const [title, sketch, on, expected] of rows)
	test(`php: ${title}`, async () => assert.deepEqual(lines(await checksOf(php, application(sketch), on)), expected));
