import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from './once.mjs';
import { LaunchError, say } from './say.mjs';

/**
 * Compiles `src/` to `dist/` when a source has changed since. The new tree is put in place in one move, so that a program
 * that starts meanwhile never sees half of it.
 * @param {string} root the repository
 * @param {string} path the directory of the Node to compile with
 */
export function build(root, path) {
	const stamp = join(root, 'dist', '.built-from');
	const want = sourceHash(root);
	once(
		join(root, '.node', 'lock'),
		() => existsSync(stamp) && readFileSync(stamp, 'utf8') === want,
		() => {
			say('compiling src/ to dist/');
			const fresh = join(root, '.node', 'dist.new');
			rmSync(fresh, { recursive: true, force: true });
			const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
			const result = spawnSync(join(path, 'node'), [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], { cwd: root, encoding: 'utf8' });
			if (result.status !== 0) throw new LaunchError(`cannot compile src/:\n${result.error?.message ?? result.stdout + result.stderr}`);
			writeFileSync(join(fresh, '.built-from'), want);
			const old = join(root, '.node', 'dist.old');
			rmSync(old, { recursive: true, force: true });
			if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
			renameSync(fresh, join(root, 'dist'));
			rmSync(old, { recursive: true, force: true });
		},
	);
}

/** @param {string} root */
function sourceHash(root) {
	const hash = createHash('sha256');
	const files = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...sources(root, 'src')];
	for (const file of files.sort())
		hash
			.update(`${file}\0`)
			.update(readFileSync(join(root, file)))
			.update('\0');
	return `${hash.digest('hex')}\n`;
}

/** @param {string} root @param {string} directory @returns {string[]} */
function sources(root, directory) {
	return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
		const path = `${directory}/${entry.name}`;
		if (entry.isDirectory()) return sources(root, path);
		return path.endsWith('.test.ts') ? [] : [path];
	});
}
