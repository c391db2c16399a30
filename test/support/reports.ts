import type { DebugReport } from '../../src/model/debug-report.ts';
import type {
	ChooseReport,
	CompareReport,
	FitReport,
	ImageReport,
	InspectReport,
	NeedsReport,
	ProbeReport,
	ReportedCandidate,
	ReportedCheck,
	VerifyReport,
} from '../../src/model/report.ts';
import type { CapabilityAnswer, Count, Item, Surface, Way } from '../../src/model/surface.ts';

/** Reports as the workflows would make them, written by hand; one name carries markup and terminal sequences. */
export const hostile = 'evil\u001b[31m<script>\u202e\udc80';

function items(...names: string[]): Count {
	return {
		count: names.length,
		items: names.map(
			(name): Item => ({ name, path: `/usr/bin/${name}`, because: [{ path: `/usr/bin/${name}`, shows: 'an ELF program' }] }),
		),
	};
}

export const fullSurface: Surface = {
	packages: { count: 413, byEcosystem: { deb: 413 } },
	shells: items('bash', 'dash', hostile),
	packageManagers: items('apt', 'dpkg'),
	utilities: { ...items('curl', 'wget', 'tar'), byCapability: { download: 2, 'read-files': 1 } },
	interpreters: items('perl', 'node'),
	compilers: items('gcc'),
	setuid: items('su', 'mount'),
	setgid: { count: 0 },
	fileCapabilities: { count: 0 },
	worldWritable: { count: 0 },
	executables: { count: 1094, atLeast: true },
	libraries: { count: 831 },
	files: { count: 26780 },
	bytes: { count: 1_116_000_000 },
};

export const smallSurface: Surface = {
	...fullSurface,
	packages: { count: 11, byEcosystem: { deb: 11 } },
	shells: { count: 0, items: [] },
	packageManagers: { count: 0, items: [] },
	utilities: { count: 0, items: [], byCapability: {} },
	interpreters: items('node'),
	compilers: { count: 0, items: [] },
	setuid: { count: 0, items: [] },
	executables: { count: 1 },
	libraries: { count: 40 },
	files: { count: 1200 },
	bytes: { count: 123_000_000 },
};

const ownRuntime: Way = {
	path: '/usr/local/bin/node',
	through: 'node',
	inherent: true,
	because: 'runs the code it is given and starts further programs',
};

/** Three of them: one that a small base cannot take away, one that it takes away, and one that is not known. */
function abilities(tier: 'full' | 'distroless'): readonly CapabilityAnswer[] {
	const shell: Way = { path: `/bin/${hostile}`, through: hostile, inherent: false, because: 'a shell' };
	const hidden = `nothing was found, but a packed program hides what it is: /opt/${hostile}`;
	const none = {
		name: 'compile',
		title: 'compile programs',
		answer: 'fails',
		ways: [],
		because: 'no compiler, assembler or linker',
	} as const;
	const gcc: Way = { path: '/usr/bin/gcc', through: 'gcc', inherent: false, because: 'a compiler' };
	return [
		{
			name: 'run-commands',
			title: 'run commands',
			answer: 'holds',
			ways: tier === 'full' ? [shell, ownRuntime] : [ownRuntime],
			because: "node is the application's own runtime and stays",
		},
		tier === 'full' ? { ...none, answer: 'holds', ways: [gcc], because: 'gcc' } : none,
		{ name: 'persist', title: 'keep something running', answer: 'unknown', ways: [], because: hidden },
	];
}

function image(reference: string, tier: 'full' | 'distroless', surface: Surface): ImageReport {
	return {
		image: {
			reference,
			digest: `sha256:${'ab'.repeat(32)}`,
			platform: 'linux/amd64',
			sizeBytes: { compressed: surface.bytes.count / 2, uncompressed: surface.bytes.count },
			layers: [{ digest: `sha256:${'cd'.repeat(32)}`, sizeBytes: 1000, createdBy: 'COPY . .' }],
			config: {
				user: tier === 'full' ? '' : '65532',
				entrypoint: [],
				command: ['node'],
				workingDir: '/app',
				exposedPorts: [],
				volumes: [],
				envNames: ['PATH'],
			},
		},
		system: {
			id: 'debian',
			versionId: '12',
			name: 'Debian GNU/Linux 12 (bookworm)',
			tier,
			tierBecause: [tier === 'full' ? 'package managers: apt, dpkg' : 'no shell and no package manager'],
			libc: { family: 'glibc', version: '2.36' },
			endOfLife: [{ what: 'Node.js 20', date: '2026-04-30', past: true, source: 'https://github.com/nodejs/Release' }],
		},
		surface,
		capabilities: abilities(tier),
		coverage: {
			executables: { owned: 819, unowned: 275 },
			ghostPackages: { count: 0 },
			blindSpots:
				tier === 'full' ? [{ code: 'packed', hides: ['executables'], message: `a packed program hides what it is: /opt/${hostile}` }] : [],
		},
	};
}

export const head = {
	schemaVersion: '1.0',
	problems: [{ code: 'broken-dpkg-status', where: '/var/lib/dpkg/status', message: `a stanza without a name near ${hostile}` }],
};

export const inspectReport: InspectReport = {
	...head,
	kind: 'inspect',
	...image('node:20', 'full', fullSurface),
	claims: [{ claim: 'slim', by: 'label', answer: 'fails', because: `the label summary says ${hostile}; it is full` }],
	base: {
		answer: 'holds',
		candidates: [{ reference: `debian:${hostile}`, layers: 1, because: 'its lowest layer is the same' }],
		because: 'its lowest layer is the same',
	},
	packages: [
		{
			name: hostile,
			version: '1.0',
			ecosystem: 'deb',
			purl: 'pkg:deb/debian/evil@1.0',
			because: { path: '/var/lib/dpkg/status', line: 3, shows: 'Package: evil' },
		},
	],
};

export const compareReport: CompareReport = {
	...head,
	problems: [],
	kind: 'compare',
	images: [image('node:20', 'full', fullSurface), image('gcr.io/distroless/nodejs20-debian12:nonroot', 'distroless', smallSurface)],
	rows: (['packages', 'shells', 'executables', 'bytes'] as const).map((metric) => ({
		metric,
		unit: metric === 'bytes' ? 'bytes' : 'count',
		values: [fullSurface[metric].count, smallSurface[metric].count],
		atLeast: [metric === 'executables', false],
	})),
	differences: [
		{
			from: 'node:20',
			to: 'gcr.io/distroless/nodejs20-debian12:nonroot',
			metric: 'packages',
			gone: ['adduser', hostile],
			added: ['netbase'],
			changed: ['libc6 1 → 2'],
		},
		{ from: 'node:20', to: 'gcr.io/distroless/nodejs20-debian12:nonroot', metric: 'shells', gone: ['bash', 'dash'], added: [] },
	],
};

const application = {
	name: 'shop',
	origin: 'directory' as const,
	reference: '.',
	dockerfile: 'Dockerfile',
	currentBase: { reference: 'node:20', because: { path: 'Dockerfile', line: 1, shows: 'FROM node:20' } },
	files: 651,
	unseen: [{ code: 'unseen-run', where: '/app/dist', message: 'made by RUN npm run build' }],
};

const shell: ReportedCheck = {
	need: {
		kind: 'launch',
		what: 'a shell for the start command',
		certainty: 'required',
		because: [{ path: 'Dockerfile', line: 7, shows: 'CMD node server.js' }],
	},
	answer: 'fails',
	because: [{ path: '/bin/sh', shows: 'there is no such file' }],
	message: 'exec: "/bin/sh": stat /bin/sh: no such file or directory',
	hint: 'write the command in exec form',
};
const runtime: ReportedCheck = {
	need: {
		kind: 'node',
		what: 'Node.js >=20',
		certainty: 'likely',
		because: [{ path: '/app/package.json', line: 4, shows: '"node": ">=20"' }],
	},
	answer: 'holds',
	because: [{ path: '/nodejs/bin/node', shows: 'v20.20.2 in its bytes' }],
};
const patch =
	'--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,2 +1,2 @@\n-FROM node:20\n+FROM gcr.io/distroless/nodejs20-debian12:nonroot\n-CMD node server.js\n+CMD ["server.js"]\n';
const changes = [{ what: 'the start command in exec form', because: 'there is no shell to read it', patch }];
const noBase = { code: 'image-not-found', message: `cannot read the manifest of node:20-alpine: there is no such tag ${hostile}` };

export const needsReport: NeedsReport = { ...head, problems: [], kind: 'needs', application, needs: [shell.need, runtime.need] };

export const fitReport: FitReport = {
	...head,
	problems: [],
	kind: 'fit',
	application,
	bases: [
		{ reference: 'gcr.io/distroless/nodejs20-debian12:nonroot', answer: 'runs-with-changes', checks: [shell, runtime], changes, patch },
		{ reference: 'node:20-alpine', answer: 'unknown', checks: [], changes: [], failed: noBase },
	],
};

const candidates: readonly ReportedCandidate[] = [
	{
		reference: 'gcr.io/distroless/nodejs20-debian12:nonroot',
		from: 'family',
		tier: 'distroless',
		fit: fitReport.bases[0] as FitReport['bases'][number],
		surface: smallSurface,
		excess: { shells: 0 },
		endOfLife: [],
		rank: 1,
		because: ['distroless with the same Node.js'],
		verification: {
			reference: 'gcr.io/distroless/nodejs20-debian12:nonroot',
			answer: 'fails',
			because: `its own tests fail with exit code 1 ${hostile}`,
			build: {
				answer: 'holds',
				how: 'patch',
				because: 'with the changes that the static proof asks for',
				durationMs: 4200,
				output: `Step 1 ${hostile}`,
			},
			fit: { answer: 'runs-with-changes', agrees: 'fails' },
			log: `/state/footing/logs/shop ${hostile}.log`,
		},
		trace: [{ rule: 'needs-changes', effect: 'kept', because: 'the Dockerfile has to change in 1 place' }],
	},
	{
		reference: 'node:20',
		from: 'current',
		tier: 'full',
		fit: { reference: 'node:20', answer: 'runs', checks: [runtime], changes: [] },
		surface: fullSurface,
		endOfLife: [],
		rank: 2,
		verification: {
			reference: 'node:20',
			answer: 'holds',
			because: 'its own tests pass; GET / on port 3000 was answered 200',
			fit: { answer: 'runs', agrees: 'holds' },
			kept: { at: '2026-11-24T10:00:00.000Z' },
		},
		because: ['the base it stands on today'],
		trace: [{ rule: 'package-manager-unwanted', effect: 'held-back', because: 'has a package manager (apt) and the service is public' }],
	},
	{ reference: 'node:20-alpine', from: 'family', endOfLife: [], because: ['the same Node.js on musl'], trace: [], failed: noBase },
];

export const chooseReport: ChooseReport = {
	...head,
	problems: [],
	kind: 'choose',
	application,
	profile: { exposure: 'public', debugging: 'occasional', data: 'ordinary' },
	needs: [shell.need, runtime.need],
	current: 'node:20',
	candidates,
	recommendation: {
		reference: 'gcr.io/distroless/nodejs20-debian12:nonroot',
		tier: 'distroless',
		because: ['of the 2 that run it offers an intruder the least'],
		changes,
		patch,
		losses: [
			{ metric: 'packages', before: 413, after: 11, gone: [] },
			{ metric: 'shells', before: 3, after: 0, gone: ['bash', 'dash', hostile] },
			{ metric: 'bytes', before: 1_116_000_000, after: 123_000_000, gone: [] },
		],
		notCovered: ["the application's own code and its dependencies: a flaw there stays the way in"],
	},
	proof: {
		engine: { name: 'docker', version: '20.10.24' },
		tried: ['node:20', 'gcr.io/distroless/nodejs20-debian12:nonroot'],
		disagreements: [
			{
				reference: 'gcr.io/distroless/nodejs20-debian12:nonroot',
				fit: 'runs-with-changes',
				answer: 'fails',
				because: `its own tests fail with exit code 1 ${hostile}`,
			},
		],
	},
};

const workedOut = {
	build: { answer: 'holds', how: 'patch', because: 'with the changes that the static proof asks for', durationMs: 4200, output: '' },
	start: {
		answer: 'holds',
		because: 'GET / on port 3000 was answered 200',
		durationMs: 1300,
		respondMs: 20,
		output: 'listening on 3000\n',
	},
	tests: {
		answer: 'holds',
		command: ['/nodejs/bin/node', 'test.js'],
		because: 'the test script of package.json: node test.js',
		exitCode: 0,
		durationMs: 800,
		output: 'ok\n',
	},
} as const;
const noProgram = `exec: "server.js": executable file not found in $PATH ${hostile}`;

export const verifyReport: VerifyReport = {
	...head,
	problems: [],
	kind: 'verify',
	application,
	engine: { name: 'docker', version: '20.10.24' },
	bases: [
		{
			reference: 'gcr.io/distroless/nodejs20-debian12:nonroot',
			answer: 'holds',
			because: 'its own tests pass; GET / on port 3000 was answered 200',
			...workedOut,
			baseline: { reference: 'node:20', answer: 'holds', because: 'its own tests pass; GET / on port 3000 was answered 200' },
			fit: { answer: 'runs-with-changes', agrees: 'holds' },
			kept: { at: '2026-11-24T10:00:00.000Z' },
			log: '/state/footing/logs/shop.log',
		},
		{
			reference: 'alpine:3.20',
			answer: 'fails',
			because: 'its program cannot be started',
			build: { ...workedOut.build, how: 'build-arg', because: 'with --build-arg BASE' },
			start: { answer: 'fails', because: 'its program cannot be started', exitCode: 127, durationMs: 200, output: noProgram },
			tests: { answer: 'unknown', command: [], because: 'node test.js; there is no node on this base', output: '' },
			baseline: { reference: 'node:20', answer: 'unknown', because: 'it runs, and nothing was heard of it' },
			fit: { answer: 'runs', agrees: 'fails' },
		},
		{ reference: 'node:20-alpine', answer: 'unknown', because: 'the base could not be had', failed: noBase },
	],
};

export const probeReport: ProbeReport = {
	...head,
	problems: [],
	kind: 'probe',
	target: `gcr.io/distroless/nodejs20-debian12:nonroot ${hostile}`,
	live: false,
	engine: { name: 'docker', version: '20.10.24' },
	moves: [
		{
			name: 'shell',
			what: 'sh',
			capability: 'run-commands',
			command: ['sh', '-c', 'echo footing-$((40+2))'],
			predicted: 'impossible',
			because: 'exec: "sh": executable file not found in $PATH',
			observed: 'impossible',
			evidence: `failed to create shim task: OCI runtime create failed: exec: "sh": executable file not found in $PATH: unknown ${hostile}`,
		},
		{
			name: 'shell',
			what: '/opt/x',
			capability: 'run-commands',
			command: ['/opt/x', '-c', 'echo footing-$((40+2))'],
			predicted: 'possible',
			because: 'counted as a shell',
			observed: 'impossible',
			evidence: 'Illegal instruction',
		},
		{
			name: 'reverse-shell',
			what: '/nodejs/bin/node itself, called back',
			capability: 'connect',
			command: ['/nodejs/bin/node', '-e', '…'],
			predicted: 'possible',
			because: '/nodejs/bin/node can connect and run what it is sent: the runtime takes the place of the shell',
			observed: 'possible',
			evidence: 'footing-42',
		},
	],
	agreement: { answer: 'fails', agree: 2, differ: 1, unknown: 0 },
	remains: [
		{
			name: 'reverse-shell',
			capability: 'connect',
			ways: ['/nodejs/bin/node itself, called back'],
			defence: 'a network policy that lets out only what the service needs',
		},
	],
};

export const debugReport: DebugReport = {
	...head,
	problems: [],
	kind: 'debug',
	target: 'shop-1',
	engine: { name: 'docker', version: '20.10.24' },
	state: { running: false, exitCode: 1, outOfMemory: false, error: '', log: `Error: boom ${hostile}\n    at main\n` },
	root: '/',
	user: '1000:1000',
	ran: { command: ['/.footing/busybox', 'sh', '-c', 'ls /app'], exitCode: 0, output: `server.js\n${hostile}\n` },
};
