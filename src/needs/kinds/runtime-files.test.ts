import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import type { NeedKind } from '../need-kind.ts';
import { certificates } from './certificates.ts';
import { runtimeFiles } from './runtime-files.ts';
import { timeZones } from './time-zones.ts';

const bundle = '/etc/ssl/certs/ca-certificates.crt';
const zone = '/usr/share/zoneinfo/Europe/Berlin';
const node = (source: string, more: ApplicationSketch = {}): ApplicationSketch => ({
	command: ['server.js'],
	files: { '/app/server.js': `const fs = require('fs')\n${source}` },
	...more,
});

const rows: readonly (readonly [
	title: string,
	kind: NeedKind,
	application: ApplicationSketch,
	base: StandingSketch,
	expected: readonly string[],
])[] = [
	[
		'a bundle that is there',
		certificates,
		node(`fs.readFileSync('${bundle}')`),
		{ files: { [bundle]: 'PEM' } },
		[`required the file ${bundle}: holds`],
	],
	[
		'a bundle that is not there',
		certificates,
		node(`fs.readFileSync('${bundle}')`),
		{},
		[`required the file ${bundle}: fails (ENOENT: no such file or directory, open '${bundle}')`],
	],
	[
		'a bundle named in the environment',
		certificates,
		node('', { env: { NODE_EXTRA_CA_CERTS: '/etc/ssl/x.pem' } }),
		{},
		["likely the file /etc/ssl/x.pem of NODE_EXTRA_CA_CERTS: fails (ENOENT: no such file or directory, open '/etc/ssl/x.pem')"],
	],
	['Node.js has authorities of its own', certificates, node("require('https').get('https://x')"), {}, []],
	[
		'a zone that is there',
		timeZones,
		node(`fs.readFileSync('${zone}')`),
		{ files: { [zone]: 'TZif' } },
		[`required the file ${zone}: holds`],
	],
	[
		'a zone that is not there',
		timeZones,
		node(`fs.readFileSync('${zone}')`),
		{},
		[`required the file ${zone}: fails (ENOENT: no such file or directory, open '${zone}')`],
	],
	['Node.js has zones of its own', timeZones, node('', { env: { TZ: 'Europe/Berlin' } }), {}, []],
	[
		'a file of a package',
		runtimeFiles,
		node("fs.readFileSync('/etc/mime.types')"),
		{},
		["required the file /etc/mime.types: fails (ENOENT: no such file or directory, open '/etc/mime.types')"],
	],
	[
		'a file that the application brings',
		runtimeFiles,
		node("fs.readFileSync('/etc/mime.types')", {
			files: { '/app/server.js': "require('fs').readFileSync('/etc/mime.types')", '/etc/mime.types': 'x' },
		}),
		{},
		['required the file /etc/mime.types: holds'],
	],
	[
		'a file that it writes itself',
		runtimeFiles,
		node("fs.writeFileSync('/etc/mime.types', x); fs.readFileSync('/etc/mime.types')"),
		{},
		[],
	],
	[
		'files of the running system',
		runtimeFiles,
		node("fs.readFileSync('/proc/meminfo'); fs.readFileSync('/etc/hosts'); fs.readFileSync('/run/secrets/key'); fs.readFileSync('/tmp/x')"),
		{},
		[],
	],
	[
		'a file that may be mounted',
		runtimeFiles,
		node("fs.readFileSync('/etc/app/config.json')"),
		{},
		["possible the file /etc/app/config.json: fails (ENOENT: no such file or directory, open '/etc/app/config.json')"],
	],
	[
		'a file that is not on the base of today either',
		runtimeFiles,
		node("fs.readFileSync('/etc/mime.types')"),
		{ current: {} },
		['required the file /etc/mime.types: unknown'],
	],
];
for (const [title, kind, sketch, base, expected] of rows)
	test(`files: ${title}`, async () => assert.deepEqual(lines(await checksOf(kind, application(sketch), base)), expected));

test('files: a missing file is copied from the base of today', async () => {
	const app = application(node(`fs.readFileSync('${bundle}')`, { base: 'today:1' }));
	const [check] = await checksOf(certificates, app, { current: { [bundle]: 'PEM' } });
	assert.deepEqual(check?.changes, [
		{
			what: `COPY --from=today:1 ${bundle} ${bundle}`,
			because: `${bundle} is in today:1`,
			edits: [{ kind: 'insert-after', line: 1, text: `COPY --from=today:1 ${bundle} ${bundle}` }],
		},
	]);
});
