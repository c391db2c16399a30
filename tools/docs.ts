import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from './docs/pages.ts';

/** Writes what is made from the code; with --check it only says what is stale, and fails. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const { path, make } of pages) {
	const file = join(root, path);
	const before = existing(file);
	const after = make(before);
	if (before === after) continue;
	stale.push(path);
	if (check) continue;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, after);
}

for (const path of stale) console.error(check ? `stale: ${path} (run "npm run docs")` : `written: ${path}`);
if (check && stale.length > 0) process.exitCode = 1;

function existing(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
