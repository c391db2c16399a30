import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { ruby } from './ruby.ts';

const ruby31: StandingSketch = { files: { '/usr/lib/ruby/3.1.0/set.rb': '' } };
const gems: ApplicationSketch = { command: ['bundle', 'exec', 'puma'], files: { '/app/vendor/bundle/ruby/3.2.0/gems/x/x.rb': '' } };

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	['a script', { command: ['ruby', 'x.rb'] }, ruby31, ['required Ruby: holds']],
	['none', { command: ['ruby', 'x.rb'] }, {}, ['required Ruby: fails']],
	[
		'gems of another version',
		gems,
		ruby31,
		[
			'required Ruby: holds',
			'required Ruby 3.2, for the gems in /app/vendor/bundle/ruby/3.2.0: fails (Bundler::GemNotFound: Could not find the gems in locally installed gems)',
		],
	],
	[
		'gems of the same version',
		gems,
		{ files: { '/usr/local/lib/ruby/3.2.0/set.rb': '' } },
		['required Ruby: holds', 'required Ruby 3.2, for the gems in /app/vendor/bundle/ruby/3.2.0: holds'],
	],
	['no Ruby in the application', { command: ['node', 'x.js'] }, ruby31, []],
];
for (const [title, sketch, on, expected] of rows)
	test(`ruby: ${title}`, async () => assert.deepEqual(lines(await checksOf(ruby, application(sketch), on)), expected));
