import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { say } from './say.mjs';

/**
 * `npm ci` when node_modules was not made from this lock file on this kind of machine.
 * @param {string} root the repository
 * @param {string} path the directory of the Node to install with: npm leaves native packages out when its own Node is too old
 */
export function installPackages(root, path) {
	const stamp = join(root, 'node_modules', '.footing-lock');
	const want = `${process.platform} ${process.arch} ${createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex')}\n`;
	once(
		join(root, '.node', 'lock'),
		() => read(stamp) === want,
		() => {
			say('installing packages (npm ci)');
			npm(['ci'], { doing: 'install packages', cwd: root, path });
			writeFileSync(stamp, want);
		},
	);
}

/** @param {string} file */
function read(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
