import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidatesFor } from './candidates-for.ts';
import type { RuntimeHints } from './family.ts';

const rows: readonly {
	readonly title: string;
	readonly current?: string;
	readonly hints?: RuntimeHints;
	readonly expected: readonly string[];
}[] = [
	{
		title: 'FROM node:20',
		current: 'node:20',
		expected: [
			'node:20',
			'gcr.io/distroless/nodejs20-debian13:nonroot',
			'gcr.io/distroless/nodejs20-debian13:latest',
			'gcr.io/distroless/nodejs20-debian12:nonroot',
			'gcr.io/distroless/nodejs20-debian12:latest',
			'node:20-alpine',
			'node:20-slim',
			'dhi.io/node:20-debian13',
			'registry.access.redhat.com/ubi9/nodejs-20-minimal:latest',
		],
	},
];

for (const { title, current, hints = {}, expected } of rows) {
	test(title, () => {
		assert.deepEqual(
			candidatesFor(current, hints).map(({ reference }) => reference),
			expected,
		);
	});
}
