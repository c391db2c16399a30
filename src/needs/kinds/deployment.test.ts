import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { hostWithDisk } from '../../../test/support/disk.ts';
import { program } from '../../../test/support/program.ts';
import { dir } from '../../../test/support/rootfs.ts';
import { readApplicationDirectory } from '../application/read-application.ts';
import { deployment } from './deployment.ts';
import { launch } from './launch.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n';
const node = program('node.js/v22.0.0', { facts: { type: 'executable' } });
const plain: StandingSketch = { files: { '/usr/bin/node': node, '/etc/passwd': passwd } };
const withCurl: StandingSketch = { files: { ...plain.files, '/usr/bin/curl': program(), '/tmp/': dir({ mode: 0o1777 }) } };

const dockerfile = 'FROM a\nWORKDIR /app\nCOPY *.js ./\nCMD ["node", "a.js"]\n';
const writer = "require('fs').writeFileSync('/data/x', '1');\nrequire('fs').mkdirSync('/tmp/y', { recursive: true });\n";
const pod = (spec: string, container = ''): string =>
	`apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {${spec}containers: [{name: c, image: shop${container}}]}\n`;
const service = (fields: string): string => `services: {web: {build: ., ${fields}}}\n`;

interface Row {
	readonly title: string;
	readonly files: Readonly<Record<string, string>>;
	readonly on?: StandingSketch;
	readonly expected: readonly string[];
}

const rows: readonly Row[] = [
	{ title: 'a service that changes nothing asks for nothing', files: { 'compose.yaml': service('ports: ["80:80"]') }, expected: [] },
	{
		title: 'another command needs its program',
		files: { 'compose.yaml': service('command: nodemon a.js') },
		expected: ['required a start for nodemon a.js (service web): fails (exec: "nodemon": executable file not found in $PATH)'],
	},
	{
		title: 'an entry point takes the command with it, and the script has to be there',
		files: { 'compose.yaml': service('entrypoint: [node, b.js]'), 'b.js': '' },
		expected: ['required a start for node b.js (service web): holds'],
	},
	{
		title: 'PATH decides where the program is found',
		files: { 'compose.yaml': service('environment: {PATH: /opt/bin}') },
		expected: ['required a start for node a.js (service web): fails (exec: "node": executable file not found in $PATH)'],
	},
	{
		title: 'a variable that is not known is not guessed',
		files: { 'compose.yaml': service('command: ["$TOOL"]') },
		expected: ['required a start for ? (service web): unknown'],
	},
	{
		title: 'what a volume hides is unknown, what the build context brings is there',
		files: { 'compose.yaml': service('command: node b.js, volumes: ["/srv/app:/app"]'), 'b.js': '' },
		expected: ['required a start for node b.js (service web): unknown'],
	},
	{
		title: 'a directory of the build context',
		files: { 'compose.yaml': service('command: node b.js, volumes: [".:/app"]'), 'b.js': '' },
		expected: ['required a start for node b.js (service web): holds'],
	},
	{
		title: 'a health check of Compose needs a shell for one text',
		files: { 'compose.yaml': service('healthcheck: {test: curl -f localhost}') },
		expected: [
			'required a shell and the programs for the health check curl -f localhost (service web): fails (exec: "/bin/sh": stat /bin/sh: no such file or directory)',
		],
	},
	{
		title: 'a health check without a shell',
		files: { 'compose.yaml': service('healthcheck: {test: [CMD, curl, localhost]}') },
		on: withCurl,
		expected: ['required the program for the health check curl localhost (service web): holds'],
	},
	{
		title: 'a user by name',
		files: { 'compose.yaml': service('user: web') },
		expected: [
			'required a start for node a.js (service web): holds',
			'required the user web (service web): fails (unable to find user web: no matching entries in passwd file)',
		],
	},
	{
		title: 'a read-only root: volumes and tmpfs can be written, nothing else',
		files: { 'compose.yaml': service('read_only: true, tmpfs: [/tmp]'), 'a.js': writer },
		on: { files: { ...withCurl.files, '/data/': dir() } },
		expected: [
			'required a start for node a.js (service web): holds',
			"required a place that can be written at /data/x (service web): fails (EROFS: read-only file system, open '/data/x')",
			'required a place that can be written at /tmp/y (service web): holds',
		],
	},
	{
		title: 'a volume that is mounted read-only',
		files: { 'compose.yaml': service('read_only: true, volumes: ["data:/data", "/x:/tmp:ro"]'), 'a.js': writer },
		expected: [
			'required a start for node a.js (service web): holds',
			'required a place that can be written at /data/x (service web): holds',
			"required a place that can be written at /tmp/y (service web): fails (EROFS: read-only file system, mkdir '/tmp/y')",
		],
	},
	{
		title: 'a tmpfs has the mode of the directory below it and is root’s; a new volume has its owner too',
		files: {
			'compose.yaml': service('user: "1000", tmpfs: [/tmp], volumes: ["data:/data"]'),
			'a.js': writer,
		},
		on: { files: { ...plain.files, '/tmp/': dir({ mode: 0o755, uid: 1000 }), '/data/': dir({ mode: 0o755, uid: 1000 }) } },
		expected: [
			'required a start for node a.js (service web): holds',
			'required permission to write /data/x (service web): holds',
			"required permission to write /tmp/y (service web): fails (EACCES: permission denied, mkdir '/tmp/y')",
		],
	},
	{
		title: 'another user writes elsewhere',
		files: { 'compose.yaml': service('user: "1000"'), 'a.js': writer },
		on: { files: { ...withCurl.files, '/data/': dir({ mode: 0o755 }) } },
		expected: [
			'required a start for node a.js (service web): holds',
			"required permission to write /data/x (service web): fails (EACCES: permission denied, open '/data/x')",
			'required permission to write /tmp/y (service web): holds',
		],
	},
	{
		title: 'an entry script writes as well, and where a tmpfs lies everybody may',
		files: {
			Dockerfile: 'FROM a\nWORKDIR /app\nCOPY . .\nUSER 1000\nENTRYPOINT ["sh", "run.sh"]\n',
			'run.sh': 'set -e\necho x > /run/pid\nmkdir -p /run/a/b\necho y > /app/config.json\nexec node a.js\n',
			'compose.yaml': service('read_only: true, tmpfs: /run'),
		},
		on: { files: { ...plain.files, '/bin/sh': program(), '/bin/mkdir': program(), '/run/': dir({ mode: 0o1777 }) } },
		expected: ['required a start for sh run.sh (service web): fails (run.sh: 4: cannot create /app/config.json: Read-only file system)'],
	},
	{
		title: 'a dropped capability keeps root from becoming another user',
		files: {
			Dockerfile: 'FROM a\nENTRYPOINT ["gosu", "app", "node", "-v"]\n',
			'compose.yaml': 'services: {web: {build: ., cap_drop: [ALL]}, api: {build: ., cap_drop: [ALL], cap_add: [SETUID, CAP_SETGID]}}\n',
			'k8s/p.yaml': pod('', ', securityContext: {capabilities: {drop: [ALL]}}'),
		},
		on: { files: { ...plain.files, '/usr/bin/gosu': program() } },
		expected: [
			'required a start for gosu app node -v (service web): fails (error: failed switching to "app": operation not permitted)',
			'likely a start for gosu app node -v (container c of Pod p): fails (error: failed switching to "app": operation not permitted)',
		],
	},
	{
		title: 'probes and hooks of Kubernetes, as its events word them',
		files: {
			'k8s/p.yaml': pod(
				'',
				', livenessProbe: {exec: {command: [curl, x]}}, readinessProbe: {exec: {command: [node, -v]}}, lifecycle: {postStart: {exec: {command: [sh]}}, preStop: {exec: {command: [sleep, 5]}}}',
			),
		},
		expected: [
			'likely the program for the liveness probe curl x (container c of Pod p): fails (Liveness probe errored: unable to start container process: exec: "curl": executable file not found in $PATH)',
			'likely the program for the readiness probe node -v (container c of Pod p): holds',
			'likely the program for the postStart hook sh (container c of Pod p): fails (FailedPostStartHook: unable to start container process: exec: "sh": executable file not found in $PATH)',
			'possible the program for the preStop hook sleep 5 (container c of Pod p): fails (FailedPreStopHook: unable to start container process: exec: "sleep": executable file not found in $PATH)',
		],
	},
	{
		title: 'runAsNonRoot looks up no name',
		files: { 'k8s/p.yaml': pod('securityContext: {runAsNonRoot: true}, ') },
		on: { ...plain, config: { user: 'app' } },
		expected: [
			'likely a user that is a number other than 0 (container c of Pod p): fails (container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root)',
		],
	},
	{
		title: 'runAsNonRoot and nobody named',
		files: { 'k8s/p.yaml': pod('securityContext: {runAsNonRoot: true}, ') },
		expected: [
			'likely a user that is a number other than 0 (container c of Pod p): fails (container has runAsNonRoot and image will run as root)',
		],
	},
	{
		title: 'runAsUser settles it',
		files: { 'k8s/p.yaml': pod('securityContext: {runAsNonRoot: true, runAsUser: 65532}, ') },
		on: { ...plain, config: { user: 'app' } },
		expected: [
			'likely a start for node a.js (container c of Pod p): holds',
			'likely a user that is a number other than 0 (container c of Pod p): holds',
		],
	},
	{
		title: 'a user of the base that is a number',
		files: { 'k8s/p.yaml': pod('securityContext: {runAsNonRoot: true}, ') },
		on: { ...plain, config: { user: '65532:65532' } },
		expected: ['likely a user that is a number other than 0 (container c of Pod p): holds'],
	},
];

for (const { title, files, on = plain, expected } of rows)
	test(`deployment: ${title}`, async () => {
		const disk = Object.entries({ Dockerfile: dockerfile, 'a.js': '', ...files }).map(([path, text]) => [`shop/${path}`, text] as const);
		const application = await readApplicationDirectory(hostWithDisk(Object.fromEntries(disk)), 'shop');
		assert.deepEqual(lines(await checksOf(deployment, application, on)), expected);
	});

test('deployment: a Dockerfile without a word on it leaves the start to the service that builds it', async () => {
	const read = (text: string): ReturnType<typeof readApplicationDirectory> =>
		readApplicationDirectory(hostWithDisk({ 'x/Dockerfile': text, 'x/compose.yaml': service('command: node a.js') }), 'x');
	const certainty = async (text: string): Promise<unknown> => (await launch.find(await read(text)))[0]?.certainty;
	assert.equal(await certainty('FROM a\n'), 'possible');
	assert.equal(await certainty('FROM a\nCMD ["x"]\n'), 'required');
});
