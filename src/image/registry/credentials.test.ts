import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import type { DiskEntry } from '../../../test/support/disk.ts';
import { pullingHost } from '../../../test/support/pulling-host.ts';
import { createProcesses } from '../../host/processes.ts';
import type { ProcessResult } from '../../model/host.ts';
import { askHelper } from './credential-helper.ts';
import { type Found, findCredentials } from './credentials.ts';

const auth = (text: string): string => Buffer.from(text).toString('base64');
const json = (value: unknown): string => JSON.stringify(value);
const docker = '/home/user/.docker/config.json';

/** `user:password`, `identity TOKEN`, `token TOKEN`, `nothing`, with what stood in the way. */
function said(found: Found): string {
	const { credential, failure } = found;
	if (credential === undefined) return failure === undefined ? 'nothing' : `nothing: ${failure.message}`;
	if (credential.kind === 'password') return `${credential.username}:${credential.password.reveal()}`;
	return `${credential.kind} ${credential.token.reveal()}`;
}

interface Case {
	readonly title: string;
	readonly files: Readonly<Record<string, DiskEntry>>;
	readonly env?: Readonly<Record<string, string>>;
	/** `ACCOUNT` or `ACCOUNT/REPOSITORY` */
	readonly for?: string;
	readonly expected: string;
}

const cases: readonly Case[] = [
	{ title: 'no file, no credentials', files: {}, expected: 'nothing' },
	{
		title: 'an entry of docker login',
		files: { [docker]: json({ auths: { 'r.test': { auth: auth('me:pass:word') } } }) },
		expected: 'me:pass:word',
	},
	{ title: 'an entry in clear', files: { [docker]: json({ auths: { 'r.test': { username: 'me', password: 'pw' } } }) }, expected: 'me:pw' },
	{ title: 'padding with NUL', files: { [docker]: json({ auths: { 'r.test': { auth: auth('me:pw\0\0') } } }) }, expected: 'me:pw' },
	{
		title: 'an identity token',
		files: { [docker]: json({ auths: { 'r.test': { auth: auth('<token>:'), identitytoken: 'it' } } }) },
		expected: 'identity it',
	},
	{ title: 'a registry token', files: { [docker]: json({ auths: { 'r.test': { registrytoken: 'rt' } } }) }, expected: 'token rt' },
	{ title: 'an empty entry, as a store leaves it', files: { [docker]: json({ auths: { 'r.test': {} } }) }, expected: 'nothing' },
	{
		title: 'a key with scheme and path',
		files: { [docker]: json({ auths: { 'https://R.test:443/v2/': { auth: auth('a:b') } } }) },
		expected: 'a:b',
	},
	{
		title: 'another port is another place',
		files: { [docker]: json({ auths: { 'r.test:5000': { auth: auth('a:b') } } }) },
		expected: 'nothing',
	},
	{
		title: 'a look-alike is another place',
		files: { [docker]: json({ auths: { 'r.test.evil': { auth: auth('a:b') }, 'xr.test': { auth: auth('a:b') } } }) },
		expected: 'nothing',
	},
	{
		title: 'Docker Hub goes by the name of its first protocol',
		files: { [docker]: json({ auths: { 'https://index.docker.io/v1/': { auth: auth('a:b') } } }) },
		for: 'docker.io/library/node',
		expected: 'a:b',
	},
	{
		title: 'DOCKER_CONFIG moves the directory',
		files: { '/etc/d/config.json': json({ auths: { 'r.test': { auth: auth('a:b') } } }) },
		env: { DOCKER_CONFIG: '/etc/d' },
		expected: 'a:b',
	},
	{
		title: 'a file of Podman',
		files: { '/run/user/7/containers/auth.json': json({ auths: { 'r.test': { auth: auth('a:b') } } }) },
		env: { XDG_RUNTIME_DIR: '/run/user/7' },
		expected: 'a:b',
	},
	{
		title: 'REGISTRY_AUTH_FILE comes first',
		files: {
			[docker]: json({ auths: { 'r.test': { auth: auth('a:b') } } }),
			'/my.json': json({ auths: { 'r.test': { auth: auth('c:d') } } }),
		},
		env: { REGISTRY_AUTH_FILE: '/my.json' },
		expected: 'c:d',
	},
	{
		title: 'the longest path that fits',
		files: {
			[docker]: json({
				auths: { 'r.test': { auth: auth('a:b') }, 'r.test/team': { auth: auth('c:d') }, 'r.test/team/app2': { auth: auth('e:f') } },
			}),
		},
		for: 'r.test/team/app',
		expected: 'c:d',
	},
	{
		title: 'no file is read that is no JSON',
		files: { [docker]: 'auths: {secret}' },
		expected: `nothing: cannot read the credentials of ${docker}: it is not a JSON object`,
	},
	{
		title: 'an entry that is no base64',
		files: { [docker]: json({ auths: { 'r.test': { auth: 'me' } } }) },
		expected: `nothing: cannot read the credentials of ${docker}: the entry of r.test is not NAME:PASSWORD`,
	},
	{
		title: 'a broken file does not hide the next',
		files: { [docker]: '[]', '/home/user/.config/containers/auth.json': json({ auths: { 'r.test': { auth: auth('a:b') } } }) },
		expected: 'a:b',
	},
	{
		title: '__proto__ is no host',
		files: { [docker]: '{"auths":{"__proto__":{"auth":"YTpi"}},"__proto__":{"auths":{"r.test":{"auth":"YTpi"}}}}' },
		expected: 'nothing',
	},
	{
		title: 'a helper with a path for a name',
		files: { [docker]: json({ credsStore: '../../bin/sh' }) },
		expected: 'nothing: cannot use the credential helper "../../bin/sh": that is not the name of a program',
	},
];

for (const { title, files, env, for: wanted, expected } of cases)
	test(`credentials: ${title}`, async () => {
		const [account = '', ...repository] = (wanted ?? 'r.test/app').split('/');
		const found = await findCredentials(pullingHost({ files, ...(env === undefined ? {} : { env }) }), account, repository.join('/'));
		assert.equal(said(found), expected);
	});

test('credentials: secrets are not printed', async () => {
	const host = pullingHost({
		files: { [docker]: json({ auths: { 'r.test': { auth: auth('me:hunter2') }, 'i.test': { identitytoken: 'hunter2' } } }) },
	});
	for (const account of ['r.test', 'i.test']) {
		const found = await findCredentials(host, account, 'app');
		assert.doesNotMatch(`${inspect(found, { depth: 9 })} ${json(found)}`, /hunter2/);
	}
	const broken = await findCredentials(pullingHost({ files: { [docker]: 'hunter2' } }), 'r.test', 'app');
	assert.doesNotMatch(inspect(broken, { depth: 9 }), /hunter2/);
});

const directory = mkdtempSync(join(tmpdir(), 'footing-helper-'));
after(() => rmSync(directory, { recursive: true }));

/** A helper as they are: a program that reads a server's name and prints JSON. */
function writeHelper(name: string, script: string): void {
	const path = join(directory, `docker-credential-${name}`);
	writeFileSync(path, `#!/bin/sh\n${script}\n`);
	chmodSync(path, 0o755);
}

const processes = createProcesses({ PATH: `${directory}:${process.env.PATH}` });

test('credential helper: a real program is asked over standard input, once per host object', async () => {
	writeHelper(
		'real',
		`read -r server; echo "$1 $server" >> "${directory}/asked"; printf '{"ServerURL":"%s","Username":"me","Secret":"for %s"}' "$server" "$server"`,
	);
	const host = pullingHost({
		files: { [docker]: json({ credsStore: 'other', credHelpers: { 'r.test': 'real', 'https://index.docker.io/v1/': 'real' } }) },
		processes,
	});
	assert.equal(said(await findCredentials(host, 'r.test', 'app')), 'me:for r.test');
	assert.equal(said(await findCredentials(host, 'r.test', 'other')), 'me:for r.test');
	assert.equal(said(await findCredentials(host, 'docker.io', 'library/node')), 'me:for https://index.docker.io/v1/');
	const { readFileSync } = await import('node:fs');
	assert.equal(readFileSync(join(directory, 'asked'), 'utf8'), 'get r.test\nget https://index.docker.io/v1/\n');
});

test('credential helper: a configuration with nothing but a store', async () => {
	writeHelper('store', `printf '{"ServerURL":"","Username":"<token>","Secret":"refresh"}'`);
	const host = pullingHost({ files: { [docker]: json({ credsStore: 'store' }) }, processes });
	assert.equal(said(await findCredentials(host, 'r.test', 'app')), 'identity refresh');
});

test('credential helper: one that is not installed is named', async () => {
	const host = pullingHost({ files: { [docker]: json({ credsStore: 'desktop' }) }, processes });
	assert.equal(
		said(await findCredentials(host, 'r.test', 'app')),
		'nothing: cannot get the credentials of r.test from docker-credential-desktop: there is no such program',
	);
});

const answers: readonly [title: string, result: Partial<ProcessResult>, expected: string | RegExp][] = [
	['a name and a secret', { stdout: '{"Username":"a","Secret":"b"}' }, 'a:b'],
	['nothing in the keychain', { exitCode: 1, stdout: 'credentials not found in native keychain\n' }, 'nothing'],
	['an empty secret', { stdout: '{"Username":"a","Secret":""}' }, 'nothing'],
	['a locked keychain', { exitCode: 1, stderr: 'the keychain is locked' }, /ended with code 1: the keychain is locked$/],
	['a secret beside a failure', { exitCode: 1, stdout: '{"Secret":"hunter2"}' }, /ended with code 1$/],
	['no JSON', { stdout: 'hunter2' }, /its answer is not JSON$/],
	['JSON of another kind', { stdout: '"hunter2"' }, /its answer is not JSON$/],
	['other fields', { stdout: '{"user":"hunter2"}' }, /no Username and Secret$/],
	['no answer', { exitCode: 143, timedOut: true }, /no answer within 30 s$/],
];

for (const [title, result, expected] of answers)
	test(`credential helper: ${title}`, async () => {
		const run = async (): Promise<ProcessResult> => ({ exitCode: 0, stdout: '', stderr: '', ...result });
		const asked = askHelper({ run }, 'x', 'r.test').then((credential) => said(credential === undefined ? {} : { credential }));
		if (typeof expected === 'string') return assert.equal(await asked, expected);
		return assert.rejects(asked, (error: Error) => {
			assert.match(error.message, expected);
			assert.doesNotMatch(inspect(error), /hunter2/);
			return true;
		});
	});

test('credential helper: only names of programs are run', async () => {
	const run = (): never => assert.fail('nothing may be run');
	for (const name of ['../x', 'a/b', '-x', '', 'a b', 'a;b', 'a\0', '.x', 'a'.repeat(65)])
		await assert.rejects(askHelper({ run }, name, 'r.test'), /not the name of a program/);
});
