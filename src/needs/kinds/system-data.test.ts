import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { goProgram } from '../../../test/support/go-program.ts';
import { file } from '../../../test/support/rootfs.ts';
import type { NeedKind } from '../need-kind.ts';
import { certificates } from './certificates.ts';
import { timeZones } from './time-zones.ts';

const python = (source: string): ApplicationSketch => ({ command: ['main.py'], files: { '/app/main.py': source } });
const go = (callee: string, text?: string): ApplicationSketch => ({
	entrypoint: ['/app/run'],
	files: {
		'/app/run': file(goProgram([{ name: 'main.main', calls: [text === undefined ? callee : [callee, text]] }, { name: callee }]), {
			mode: 0o755,
		}),
	},
});
const bundle: StandingSketch = { files: { '/etc/ssl/certs/ca-certificates.crt': 'PEM' } };
const hashed: StandingSketch = { files: { '/etc/ssl/certs/0a775a30.3': 'PEM' } };
const named: StandingSketch = { ...bundle, config: { env: [{ name: 'SSL_CERT_FILE', value: '/etc/ssl/certs/ca-certificates.crt' }] } };
const zones: StandingSketch = { files: { '/usr/share/zoneinfo/Europe/Berlin': 'TZif' } };
const urlopen = "import urllib.request\nurllib.request.urlopen('https://x')";
const refused = 'certificate verify failed: unable to get local issuer certificate';

const rows: readonly (readonly [
	title: string,
	kind: NeedKind,
	application: ApplicationSketch,
	base: StandingSketch,
	expected: readonly string[],
])[] = [
	[
		'Go takes the bundle',
		certificates,
		go('crypto/x509.SystemCertPool'),
		bundle,
		['required the certificate authorities of the system: holds'],
	],
	[
		'Go takes any file of the directory',
		certificates,
		go('crypto/x509.SystemCertPool'),
		hashed,
		['required the certificate authorities of the system: holds'],
	],
	[
		'Go without any',
		certificates,
		go('crypto/x509.SystemCertPool'),
		{},
		['required the certificate authorities of the system: fails (x509: certificate signed by unknown authority)'],
	],
	[
		'a Go client may connect',
		certificates,
		go('net/http.(*Client).Get'),
		{},
		['likely the certificate authorities of the system: fails (x509: certificate signed by unknown authority)'],
	],
	[
		'OpenSSL takes files named by their hash',
		certificates,
		python(urlopen),
		hashed,
		['required the certificate authorities of the system: holds'],
	],
	[
		'OpenSSL does not take the bundle by itself',
		certificates,
		python(urlopen),
		bundle,
		[`required the certificate authorities of the system: fails (${refused})`],
	],
	[
		'OpenSSL takes the bundle that is named',
		certificates,
		python(urlopen),
		named,
		['required the certificate authorities of the system: holds'],
	],
	[
		'a zone of Python',
		timeZones,
		python("from zoneinfo import ZoneInfo\nZoneInfo('Europe/Berlin')"),
		zones,
		['required the time zone Europe/Berlin: holds'],
	],
	[
		'a zone of Python that is not there',
		timeZones,
		python("from zoneinfo import ZoneInfo\nZoneInfo('Europe/Berlin')"),
		{},
		['required the time zone Europe/Berlin: fails (No time zone found with key Europe/Berlin)'],
	],
	[
		'the package tzdata',
		timeZones,
		{
			...python(''),
			files: {
				'/app/main.py': "from zoneinfo import ZoneInfo\nZoneInfo('Europe/Berlin')",
				'/v/site-packages/tzdata/zoneinfo/Europe/Berlin': 'TZif',
			},
		},
		{},
		['required the time zone Europe/Berlin: holds'],
	],
	[
		'a zone of Go',
		timeZones,
		go('time.LoadLocation', 'Europe/Berlin'),
		{},
		['likely the time zone Europe/Berlin: fails (unknown time zone Europe/Berlin)'],
	],
	['some zone of Go', timeZones, go('time.LoadLocation'), zones, ['likely the zone database: holds']],
];
for (const [title, kind, sketch, on, expected] of rows)
	test(`system data: ${title}`, async () => assert.deepEqual(lines(await checksOf(kind, application(sketch), on)), expected));
