import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootfs } from '../../test/support/rootfs.ts';
import type { Application } from '../model/need.ts';
import { labelStages, planBuild } from './build-plan.ts';

function application(text: string): Application {
	return {
		name: 'app',
		origin: 'directory',
		reference: '.',
		dockerfile: { path: 'Dockerfile', text },
		files: rootfs({}),
		launch: { env: [], exposedPorts: [], volumes: [], runs: [] },
		unseen: [],
	};
}

const rows: readonly (readonly [title: string, dockerfile: string, how: string, args: string, text: string])[] = [
	['an ARG that FROM names', 'ARG BASE\nFROM ${BASE}\n', 'build-arg', 'MODE=x BASE=new:1', 'ARG BASE\nFROM ${BASE}\n'],
	['an ARG with a default', 'ARG B=old\nFROM $B AS run\n', 'build-arg', 'MODE=x B=new:1', 'ARG B=old\nFROM $B AS run\n'],
	['a plain FROM', 'FROM old\nCMD a\n', 'final-from', 'MODE=x', 'FROM new:1\nCMD a\n'],
	['the last of several', 'FROM a AS build\nFROM old AS run\n', 'final-from', 'MODE=x', 'FROM a AS build\nFROM new:1 AS run\n'],
	['an ARG that is part of a name', 'ARG V=1\nFROM node:${V}\n', 'final-from', 'MODE=x', 'ARG V=1\nFROM new:1\n'],
];

for (const [title, dockerfile, how, args, text] of rows) {
	test(`build plan: ${title}`, () => {
		const plan = planBuild(application(dockerfile), { image: 'new:1', buildArgs: { MODE: 'x' } });
		const given = Object.entries(plan?.buildArgs ?? {}).map((pair) => pair.join('='));
		assert.deepEqual([plan?.how, given.join(' '), plan?.text], [how, args, text]);
	});
}

test('build plan: what the static proof changed is built, with the name that the engine knows', () => {
	const plan = planBuild(application('FROM old\nCMD a\n'), { image: 'mirror/new:1', buildArgs: {}, patched: 'FROM new:1\nCMD ["a"]\n' });
	assert.deepEqual([plan?.how, plan?.text], ['patch', 'FROM mirror/new:1\nCMD ["a"]\n']);
});

test('build plan: a stage that a builder stands on too is not changed', () => {
	const text = 'FROM old AS base\nFROM base AS build\nFROM base\nCOPY --from=build /a /a\n';
	assert.equal(planBuild(application(text), { image: 'new:1', buildArgs: {} }), undefined);
});

test('build plan: every stage is labelled behind its FROM', () => {
	assert.equal(labelStages('FROM a \\\n  AS x\nRUN y\nFROM b\n', 'k=v'), 'FROM a \\\n  AS x\nLABEL k=v\nRUN y\nFROM b\nLABEL k=v\n');
});
