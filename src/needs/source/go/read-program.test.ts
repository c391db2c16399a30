import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type GoSketch, goProgram } from '../../../../test/support/go-program.ts';
import { readGoProgram } from './read-program.ts';

const library =
	'crypto/x509.SystemCertPool crypto/x509.(*CertPool).AppendCertsFromPEM net/http.(*Client).Get time.LoadLocation os/exec.Command os.ReadFile fmt.Println'
		.split(' ')
		.map((name): GoSketch => ({ name }));

function told(functions: readonly GoSketch[], options?: Parameters<typeof goProgram>[1]): readonly string[] | undefined {
	return readGoProgram('/app', goProgram([...functions, ...library], options))?.map(
		({ action, certainty, because }) => `${certainty} ${Object.values(action).flat().join(' ').trim()}: ${because.shows}`,
	);
}

const rows: readonly (readonly [
	title: string,
	functions: readonly GoSketch[],
	options: Parameters<typeof goProgram>[1],
	expected: readonly string[],
])[] = [
	['nothing of the system', [{ name: 'main.main', calls: ['fmt.Println'] }], {}, []],
	[
		'the pool of the system',
		[{ name: 'main.main', calls: ['crypto/x509.SystemCertPool'] }],
		{},
		['required roots: main.main calls crypto/x509.SystemCertPool'],
	],
	[
		'a table without the start of the code',
		[{ name: 'main.main', calls: ['crypto/x509.SystemCertPool'] }],
		{ moduledata: true },
		['required roots: main.main calls crypto/x509.SystemCertPool'],
	],
	[
		'a pool that authorities are added to',
		[{ name: 'main.pool', calls: ['crypto/x509.SystemCertPool', 'crypto/x509.(*CertPool).AppendCertsFromPEM'] }],
		{},
		['likely roots: main.pool calls crypto/x509.SystemCertPool'],
	],
	[
		'authorities that it carries',
		[{ name: 'main.main', calls: ['net/http.(*Client).Get'] }, { name: 'golang.org/x/crypto/x509roots/fallback.init.0' }],
		{},
		[],
	],
	[
		'a client of its own and of a package',
		[
			{ name: 'example.org/shop/cart.Load', calls: ['net/http.(*Client).Get'] },
			{ name: 'github.com/x/sdk.(*T).Call[go.shape.int]', calls: ['net/http.(*Client).Get'] },
		],
		{ path: 'example.org/shop/cmd/serve', modules: 'mod\texample.org/shop\t(devel)\ndep\tgithub.com/x/sdk\tv1.0.0\n' },
		[
			'likely roots: example.org/shop/cart.Load calls net/http.(*Client).Get',
			'likely roots: github.com/x/sdk.(*T).Call[go.shape.int] calls net/http.(*Client).Get',
		],
	],
	['the library calls itself', [{ name: 'net/http.(*Transport).dial', calls: ['crypto/x509.SystemCertPool'] }], {}, []],
	[
		'constant texts',
		[
			{
				name: 'main.main',
				calls: [
					['time.LoadLocation', 'Europe/Berlin'],
					['os/exec.Command', 'git'],
					['os.ReadFile', '/etc/mime.types'],
					'os.ReadFile',
					['os.ReadFile', 'x'],
				],
			},
		],
		{},
		[
			'likely zone Europe/Berlin: main.main calls time.LoadLocation ("Europe/Berlin")',
			'likely program git: main.main calls os/exec.Command ("git")',
			'likely file /etc/mime.types: main.main calls os.ReadFile ("/etc/mime.types")',
		],
	],
	[
		'zones that it carries',
		[{ name: 'main.main', calls: [['time.LoadLocation', 'Europe/Berlin']] }, { name: 'time/tzdata.init.0' }],
		{},
		[],
	],
];
for (const [title, functions, options, expected] of rows)
	test(`Go programs: ${title}`, () => assert.deepEqual(told(functions, options), expected));

test('Go programs: what is not written in Go is told apart', () => {
	assert.equal(readGoProgram('/app', Buffer.alloc(4096)), undefined);
});

test('Go programs: damaged bytes are answered, and never fail', () => {
	const whole = goProgram([{ name: 'main.main', calls: [['os/exec.Command', 'git']] }, ...library]);
	// the headers of the file, of the function table and of its records, and anywhere
	const place = fc.oneof(
		fc.nat(0x180),
		fc.nat(0x80).map((at) => 0x9000 + at),
		fc.nat(0x100).map((at) => 0xb000 + at),
		fc.nat(whole.length - 1),
	);
	fc.assert(
		fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 40 }), fc.nat(whole.length), (changes, length) => {
			const damaged = Uint8Array.from(whole);
			for (const [at, value] of changes) damaged[at] = value;
			readGoProgram('/app', damaged.subarray(0, length));
			readGoProgram('/app', damaged);
		}),
		{ numRuns: 1000 },
	);
});
