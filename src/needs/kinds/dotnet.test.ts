import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { rollsForward } from '../runtimes/dotnet-config.ts';
import { dotnet } from './dotnet.ts';

const config = (options: object): ApplicationSketch => ({
	entrypoint: ['dotnet', 'App.dll'],
	files: { '/app/App.dll': '', '/app/App.runtimeconfig.json': JSON.stringify({ runtimeOptions: options }) },
});
const net8 = { framework: { name: 'Microsoft.NETCore.App', version: '8.0.0' } };
const invariant = { ...net8, configProperties: { 'System.Globalization.Invariant': true } };
const base = (version: string, more: StandingSketch['files'] = {}): StandingSketch => ({
	files: { [`/usr/share/dotnet/shared/Microsoft.NETCore.App/${version}/x`]: '', ...more },
});
const icu = { '/usr/lib/x86_64-linux-gnu/libicuuc.so.72': '' };

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	['a newer patch', config(invariant), base('8.0.11'), ['required the framework Microsoft.NETCore.App 8.0.0: holds']],
	[
		'another major version',
		config(invariant),
		base('9.0.0'),
		[
			"required the framework Microsoft.NETCore.App 8.0.0: fails (You must install or update .NET to run this application. Framework: 'Microsoft.NETCore.App', version '8.0.0')",
		],
	],
	[
		'another major version that may be taken',
		config({ ...invariant, rollForward: 'Major' }),
		base('9.0.0'),
		['required the framework Microsoft.NETCore.App 8.0.0: holds'],
	],
	[
		'ICU that is there',
		config(net8),
		base('8.0.1', icu),
		['required the framework Microsoft.NETCore.App 8.0.0: holds', 'required ICU, for the cultures of .NET: holds'],
	],
	[
		'ICU that is not there',
		config(net8),
		base('8.0.1'),
		[
			'required the framework Microsoft.NETCore.App 8.0.0: holds',
			"required ICU, for the cultures of .NET: fails (Couldn't find a valid ICU package installed on the system. Please install libicu)",
		],
	],
	[
		'the base does without cultures',
		config(net8),
		{ ...base('8.0.1'), config: { env: [{ name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT', value: 'true' }] } },
		['required the framework Microsoft.NETCore.App 8.0.0: holds', 'required ICU, for the cultures of .NET: holds'],
	],
	[
		'a self-contained program',
		{ ...config({ includedFrameworks: [{ name: 'Microsoft.NETCore.App', version: '8.0.0' }] }), entrypoint: ['./App'] },
		{ files: icu },
		['required ICU, for the cultures of .NET: holds'],
	],
	['a file that is no configuration', { entrypoint: ['dotnet', 'App.dll'], files: { '/app/App.runtimeconfig.json': '[' } }, {}, []],
];
for (const [title, sketch, on, expected] of rows)
	test(`dotnet: ${title}`, async () => assert.deepEqual(lines(await checksOf(dotnet, application(sketch), on)), expected));

test('dotnet: which versions serve which', () => {
	const table: readonly (readonly [asked: string, there: string, policy: string, serves: boolean])[] = [
		['8.0.0', '8.0.0', 'Minor', true],
		['8.0.5', '8.0.1', 'Minor', false],
		['8.0.0', '8.1.0', 'Minor', true],
		['8.0.0', '8.1.0', 'LatestPatch', false],
		['8.0.0', '7.0.20', 'Major', false],
		['8.0.0', '10.0.0', 'LatestMajor', true],
		['8.0.1', '8.0.2', 'Disable', false],
	];
	for (const [asked, there, policy, serves] of table)
		assert.equal(rollsForward(asked, there, policy), serves, `${asked} ${there} ${policy}`);
});
