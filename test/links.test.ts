import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function pages(directory: string): readonly string[] {
	return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
		const path = join(directory, entry.name);
		return entry.isDirectory() ? pages(path) : path.endsWith('.md') ? [path] : [];
	});
}

const documents = [
	...readdirSync(root).filter((name) => name.endsWith('.md')),
	...pages('docs'),
	...pages('examples').filter((path) => !path.includes('node_modules')),
];

test('docs: every link to a file leads to one', () => {
	const broken = documents.flatMap((path) => {
		const links = readFileSync(join(root, path), 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g);
		return [...links]
			.map(([, to = '']) => to)
			.filter((to) => !existsSync(join(root, dirname(path), to)))
			.map((to) => `${path} links to ${to}`);
	});
	assert.deepEqual(broken, []);
});

test('docs: every script and every file of ours that a page names in code exists', () => {
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const broken = documents
		.filter((path) => !path.startsWith('docs/add'))
		.flatMap((path) => {
			const text = readFileSync(join(root, path), 'utf8');
			const run = [...text.matchAll(/npm run (?:-s |--silent )?([a-z:]+)/g)]
				.map(([, name = '']) => name)
				.filter((name) => scripts[name] === undefined);
			const files = [...text.matchAll(/`((?:src|test|tools|docs)\/[\w./-]+\.\w+)`/g)]
				.map(([, name = '']) => name)
				.filter((name) => !existsSync(join(root, name)));
			return [...run, ...files].map((name) => `${path} names ${name}`);
		});
	assert.deepEqual(broken, []);
});
