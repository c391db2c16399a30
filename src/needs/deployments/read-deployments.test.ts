import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DiskEntry, hostWithDisk } from '../../../test/support/disk.ts';
import type { Deployment } from '../../model/deployment.ts';
import { type ApplicationOptions, readApplicationDirectory } from '../application/read-application.ts';

const dockerfile = 'FROM a AS build\nRUN x\nFROM b AS final\nCOPY . /app\n';

/** What is said about how the image is run, a line for each thing, and the problems behind. */
async function told(tree: Readonly<Record<string, DiskEntry>>, options: ApplicationOptions = {}): Promise<readonly string[]> {
	const disk = Object.fromEntries(Object.entries({ Dockerfile: dockerfile, ...tree }).map(([path, entry]) => [`shop/${path}`, entry]));
	const application = await readApplicationDirectory(hostWithDisk(disk), 'shop', options);
	const problems = application.unseen.filter(({ code }) => code === 'unseen-deployment');
	return [...(application.deployments ?? []).flatMap(linesOf), ...problems.map(({ where, message }) => `! ${where}: ${message}`)];
}

function linesOf(one: Deployment): readonly string[] {
	const { certainty, name, because, entrypoint, command, user, workingDir, readOnlyRoot, nonRoot } = one;
	const text = (value: string): string => value.replaceAll('\0', '?');
	return [
		`${certainty} ${name} ${because.path}:${because.line}`,
		...(entrypoint ? [`  ${entrypoint.because.line} entrypoint ${text(JSON.stringify(entrypoint.value))}`] : []),
		...(command ? [`  ${command.because.line} command ${text(JSON.stringify(command.value).replaceAll('\\u0000', '?'))}`] : []),
		...(user ? [`  ${user.because.line} user ${user.value}`] : []),
		...(workingDir ? [`  ${workingDir.because.line} in ${workingDir.value}`] : []),
		...(readOnlyRoot ? [`  ${readOnlyRoot.because.line} read-only`] : []),
		...(nonRoot ? [`  ${nonRoot.because.line} non-root`] : []),
		...one.env.map(({ value, because: { line } }) => `  ${line} ${value.name}=${text(value.value)}`),
		...one.programs.map(({ value, because: { line } }) => `  ${line} ${value.of} ${value.form} ${JSON.stringify(value.argv)}`),
		...one.mounts.map(({ value: { at, content, writable } }) => `  ${at} ${content}${writable ? '' : ' read-only'}`),
	];
}

const rows: readonly (readonly [title: string, tree: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
	['nothing beside it', {}, []],
	[
		'a service that builds the Dockerfile',
		{
			'compose.yaml': `services:
  web:
    build: .
    entrypoint: /bin/tini --
    command: node "a b.js" --port $$PORT
    user: app
    working_dir: /srv
    read_only: true
    environment:
      PATH: /opt/bin:/usr/bin
      MODE: \${MODE:-fast}
      TOKEN:
    healthcheck:
      test: curl -f http://localhost
    tmpfs: /tmp
    volumes:
      - data:/data
      - ./src:/app/src:ro
      - /etc/cert:/cert
`,
			'src/a.js': '',
		},
		[
			'required service web compose.yaml:3',
			'  4 entrypoint ["/bin/tini","--"]',
			'  5 command ["node","a b.js","--port","$PORT"]',
			'  6 user app',
			'  7 in /srv',
			'  8 read-only',
			'  10 PATH=/opt/bin:/usr/bin',
			'  11 MODE=fast',
			'  12 TOKEN=?',
			'  14 health check shell ["curl -f http://localhost"]',
			'  /data image',
			'  /app/src context read-only',
			'  /cert unknown',
			'  /tmp empty',
		],
	],
	[
		'the first name that Compose looks for is the only one',
		{
			'docker-compose.yml': 'services: {old: {build: .}}\n',
			'compose.yml': 'services: {new: {build: .}}\n',
		},
		['required service new compose.yml:1'],
	],
	[
		'other Dockerfiles, stages and places are others',
		{
			'compose.yaml': `services:
  dev: {build: {context: ., target: build}}
  other: {build: {context: ., dockerfile: Dockerfile.dev}}
  lib: {build: ./lib}
  far: {build: "https://example.com/x.git"}
  db: {image: "postgres:16"}
  up: {build: ..}
  shop: {build: {context: ., target: final}, command: [a, "\${X}"]}
`,
		},
		['required service shop compose.yaml:8', '  8 command ["a","?"]'],
	],
	[
		'merge keys, extends and an image that is run twice',
		{
			'compose.yaml': `x-base: &base
  build: .
  image: registry.example/team/shop:1
services:
  web:
    <<: *base
    command: [serve]
  worker:
    extends: web
    command: [work]
    profiles: [jobs]
  cron:
    image: registry.example/team/shop:1
    command: [tick]
    healthcheck: {test: [NONE]}
  far:
    build: .
    extends: {file: common.yml, service: x}
`,
		},
		[
			'required service web compose.yaml:6',
			'  7 command ["serve"]',
			'likely service worker compose.yaml:9',
			'  10 command ["work"]',
			'required service far compose.yaml:17',
			'likely service cron compose.yaml:13',
			'  14 command ["tick"]',
			'! compose.yaml: the service far extends one of common.yml, which is not read',
		],
	],
	[
		'a Deployment in a directory of the usual name',
		{
			'k8s/base/all.yaml': `apiVersion: v1
kind: Service
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 1000, runAsGroup: 2000}
      initContainers:
        - {name: wait, image: busybox, command: [sh]}
      containers:
        - name: side
          image: envoy:1
        - name: app
          image: registry.example:5000/team/Shop@sha256:00
          command: [node, "$(ENTRY)", "$(HOME)", "$$(X)"]
          env:
            - {name: ENTRY, value: main.js}
            - {name: KEY, valueFrom: {secretKeyRef: {name: a, key: b}}}
          securityContext: {readOnlyRootFilesystem: true}
          livenessProbe: {exec: {command: [cat, /tmp/up]}}
          readinessProbe: {httpGet: {path: /, port: 80}}
          lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            - {name: conf, mountPath: /etc/shop}
      volumes:
        - {name: tmp, emptyDir: {}}
        - {name: conf, configMap: {name: shop}}
`,
		},
		[
			'likely container app of Deployment web k8s/base/all.yaml:17',
			'  19 entrypoint ["node","main.js","$(HOME)","$(X)"]',
			'  11 user 1000:2000',
			'  23 read-only',
			'  11 non-root',
			'  21 ENTRY=main.js',
			'  22 KEY=?',
			'  24 liveness probe exec ["cat","/tmp/up"]',
			'  26 preStop hook exec ["sleep","5"]',
			'  /tmp empty',
			'  /etc/shop unknown read-only',
		],
	],
	[
		'the one image that all manifests name',
		{
			'cron.yaml':
				'apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: nightly, args: [x]}]}}}}}\n',
		},
		['likely container a of CronJob cron.yaml:3', '  3 command ["x"]'],
	],
	[
		'two images, neither of which has its name',
		{ 'pod.yml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: one}, {name: b, image: two}]}\n' },
		[],
	],
	[
		'the name of the service in the Compose file',
		{
			'compose.yaml': 'services: {api: {build: .}}\n',
			'deploy/pod.yml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: "x/api:2"}, {name: b, image: two}]}\n',
		},
		['required service api compose.yaml:1', 'likely container a of Pod deploy/pod.yml:3'],
	],
	[
		'templates, broken files and files of another kind',
		{
			'compose.yaml': 'services: {web: {build: .\n',
			'deploy/chart/templates/d.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n',
			'openapi.yaml': 'openapi: [3\n',
			'k8s/bad.yaml': 'apiVersion: v1\nkind: Pod\nspec: &a [*b]\n',
		},
		[
			'! compose.yaml: it is broken: line 2: Flow map in block collection must be sufficiently indented and end with a }',
			'! k8s/bad.yaml: it is broken: line 3: nothing before it is called &b',
			'! deploy/chart/templates/d.yaml: it is a template, and what it becomes is not known: render it to have it read',
		],
	],
	[
		'hostile: aliases that multiply, nesting, a list where a mapping belongs',
		{
			'compose.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d]\n`,
			'k8s/deep.yaml': `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(500)}\n`,
			'k8s/odd.yaml': 'apiVersion: v1\nkind: Pod\nspec: [{containers: 3}]\n',
		},
		[
			'! compose.yaml: cannot read compose.yaml: it holds more than 10000 values',
			'! k8s/deep.yaml: cannot read k8s/deep.yaml: it is nested deeper than 64 levels',
		],
	],
];

for (const [title, tree, expected] of rows) test(`deployments: ${title}`, async () => assert.deepEqual(await told(tree), expected));

test('deployments: a link that leads elsewhere is not followed, and a file that is too large is told', async () => {
	const link: DiskEntry = { link: '/etc/passwd' };
	assert.deepEqual(await told({ 'compose.yaml': link, k8s: link }), []);
	const [line = ''] = await told({ 'compose.yaml': `#${'x'.repeat(300_000)}` });
	assert.match(line, /^! compose\.yaml: cannot read .*too large/);
});

test('deployments: the stage that is read is the one that a service builds', async () => {
	const tree = { 'compose.yaml': 'services: {a: {build: {context: ., target: build}}, b: {build: .}}\n' };
	assert.deepEqual(await told(tree, { target: 'build' }), ['required service a compose.yaml:1']);
});
