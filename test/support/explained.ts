import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImageConfig } from '../../src/model/image.ts';
import { explainMessage } from '../../src/needs/explain/explain-message.ts';
import type { Scene } from '../../src/needs/explain/message-kind.ts';
import { program } from './program.ts';
import { dir, file, link, rootfs } from './rootfs.ts';
import { plainConfig, type Tree } from './scene.ts';

/** An image with its own start. */
export function scene(tree: Tree, settings: Partial<ImageConfig> = {}): Scene {
	const root = rootfs({ '/tmp/': dir({ mode: 0o1777 }), ...tree });
	const config = { ...plainConfig, ...settings };
	return {
		application: {
			name: 'app',
			origin: 'image',
			reference: 'shop:1',
			files: root,
			launch: { env: [], exposedPorts: [], volumes: [], runs: [] },
			unseen: [],
		},
		standing: { reference: 'shop:1', base: root, combined: root, baseConfig: config, config },
	};
}

export const script = (text: string): ReturnType<typeof file> => file(text, { mode: 0o755 });
export const glibcProgram = program('', { facts: { interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6'] } });
export const muslLoader = { '/lib/ld-musl-x86_64.so.1': program('') };
export const shell = { '/bin/sh': link('/bin/dash'), '/bin/dash': program('') };

export interface Row {
	readonly title: string;
	readonly message: string;
	readonly tree?: Tree;
	readonly config?: Partial<ImageConfig>;
	/** The kind, then of each cause the answer, what, and its evidence. */
	readonly says: readonly [kind: string, answer: string, cause: RegExp];
	readonly hint?: RegExp;
}

/** Each message with its image, and alone. */
export function explains(rows: readonly Row[]): void {
	for (const { title, message, tree, config, says, hint } of rows) {
		test(`with the image: ${title}`, async () => {
			const [meaning] = await explainMessage({ message }, scene(tree ?? {}, config));
			const cause = meaning?.causes[0];
			assert.deepEqual([meaning?.kind, cause?.answer], says.slice(0, 2), JSON.stringify(meaning, undefined, 1));
			assert.match(cause?.what ?? '', says[2]);
			if (hint !== undefined) assert.match(cause?.hint ?? '', hint);
		});
		test(`without an image: ${title}`, async () => {
			const [meaning] = await explainMessage({ message });
			assert.equal(meaning?.kind, says[0]);
			assert.ok((meaning?.causes.length ?? 0) > 0, 'nothing that it can come from');
			assert.ok(
				meaning?.causes.every(({ because }) => because.length === 0),
				'without an image nothing was looked at',
			);
		});
	}
}
