import assert from 'node:assert/strict';
import test from 'node:test';
import { imageKey } from './image-key.ts';

const rows: readonly (readonly [title: string, one: string, other: string, same: boolean])[] = [
	['the registry and its library', 'node:24', 'docker.io/library/node:24', true],
	['the tag that is meant', 'gcr.io/distroless/cc-debian13', 'gcr.io/distroless/cc-debian13:latest', true],
	['the prefix', 'registry:node:24', 'node:24', true],
	['another tag', 'node:24', 'node:24-slim', false],
	['another registry', 'node:24', 'quay.io/library/node:24', false],
	['the local engine alone', 'docker:node:24', 'node:24', false],
	['a folder of that name', 'oci-layout:node', 'node', false],
];
for (const [title, one, other, same] of rows)
	test(`image key: ${title}`, () => assert.equal(imageKey(one) === imageKey(other), same, `${imageKey(one)}, ${imageKey(other)}`));
