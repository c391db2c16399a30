import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DiskEntry, hostWithDisk } from '../../test/support/disk.ts';
import { fakeEngine } from '../../test/support/fake-engine.ts';
import type { Cache, Host } from '../model/host.ts';
import type { Verdict } from '../model/verdict.ts';
import { createSession } from './create-session.ts';
import { findVerdict, keepVerdict, keyOfVerdict } from './kept-verdicts.ts';
import type { ProofRequest } from './proof-request.ts';

const tree: Readonly<Record<string, DiskEntry>> = { '/app/Dockerfile': 'FROM a', '/app/server.js': 'x' };

function memory(): Cache {
	const kept = new Map<string, Uint8Array>();
	return { get: async (key) => kept.get(key), put: async (key, bytes) => void kept.set(key, bytes) };
}

interface Case {
	readonly request?: ProofRequest;
	readonly tree?: Readonly<Record<string, DiskEntry>>;
	readonly text?: string;
	readonly baseDigest?: string;
	readonly host?: Partial<Host>;
	/** The id of every other image in the engine. */
	readonly id?: string;
}

function keyOf(given: Case): Promise<string | undefined> {
	const host = { ...hostWithDisk(given.tree ?? tree), cache: memory(), build: 'one', ...given.host };
	const { workspace } = fakeEngine(() => given.id ?? 'sha256:1');
	const plan = { how: 'final-from', text: given.text ?? 'FROM base:1', buildArgs: {}, because: '' } as const;
	const request = { application: '/app', ...given.request };
	const baseDigest = 'baseDigest' in given ? given.baseDigest : 'sha256:base';
	return keyOfVerdict(createSession(host), { request, workspace, plan, base: 'base:1', baseDigest });
}

const builder = 'FROM golang:1 AS b\nFROM base:1\nCOPY --from=b /x /x\n';
const others: readonly (readonly [title: string, given: Case])[] = [
	['another file', { tree: { ...tree, '/app/server.js': 'y' } }],
	['another base', { baseDigest: 'sha256:other' }],
	['another Dockerfile', { text: 'FROM base:1\nUSER 1' }],
	['another command of the tests', { request: { test: ['node', 'test.js'] } }],
	['a flag of the engine', { request: { runFlags: ['--cap-add=CHOWN'] } }],
	['another build of Footing', { host: { build: 'two' } }],
];

for (const [title, given] of others)
	test(`kept verdicts: ${title} is another question`, async () => {
		const [one, other] = [await keyOf({}), await keyOf(given)];
		assert.ok(one !== undefined && other !== undefined);
		assert.notEqual(one, other);
	});

test('kept verdicts: the same is the same question, and another image under the name of a builder is not', async () => {
	assert.equal(await keyOf({}), await keyOf({}));
	assert.equal(await keyOf({ text: builder }), await keyOf({ text: builder }));
	assert.notEqual(await keyOf({ text: builder }), await keyOf({ text: builder, id: 'sha256:2' }));
});

const unknown: readonly (readonly [title: string, given: Case])[] = [
	['a base without a digest', { baseDigest: undefined } as unknown as Case],
	['a secret', { request: { buildFlags: ['--secret=id=npm'] } }],
	['a volume', { request: { runFlags: ['--volume=data:/data'] } }],
	['a network', { request: { runFlags: ['--network=bridge'] } }],
	['a variable of the machine', { request: { runFlags: ['--env=TOKEN'] } }],
	['tests from outside', { request: { testFrom: 'tools:1' } }],
	['an image that an argument without value names', { text: 'ARG X\nFROM $X AS b\nFROM base:1' }],
];

for (const [title, given] of unknown)
	test(`kept verdicts: with ${title} nothing is kept`, async () => {
		assert.equal(await keyOf(given), undefined);
	});

const part = (answer: Verdict): { answer: Verdict; because: string; durationMs: number; output: string } => ({
	answer,
	because: '',
	durationMs: 1,
	output: '',
});
const outcomes: readonly (readonly [title: string, build: Verdict, start: Verdict, kept: boolean])[] = [
	['it works', 'holds', 'holds', true],
	['it does not start', 'holds', 'fails', true],
	['it is not known', 'holds', 'unknown', false],
	['it was not built', 'fails', 'holds', false],
];

for (const [title, build, start, kept] of outcomes)
	test(`kept verdicts: ${title}: ${kept ? 'kept' : 'not kept'}`, async () => {
		const host = { ...hostWithDisk({}), cache: memory() };
		const verdict = { at: '2026-11-25T00:00:00Z', parts: { build: { ...part(build), how: 'build-arg' }, start: part(start) } } as const;
		await keepVerdict(host, 'key', verdict);
		assert.deepEqual(await findVerdict(host, 'key'), kept ? verdict : undefined);
	});

test('kept verdicts: a log that is no longer there is not named', async () => {
	const host = { ...hostWithDisk({ '/logs/there.log': '' }), cache: memory() };
	const verdict = { at: '', parts: { build: { ...part('holds'), how: 'build-arg' }, start: part('holds') } } as const;
	for (const log of ['/logs/there.log', '/logs/gone.log']) {
		await keepVerdict(host, log, { ...verdict, log });
		assert.equal((await findVerdict(host, log))?.log, log.includes('there') ? log : undefined);
	}
});
