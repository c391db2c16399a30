/*
 * The unit tests on every Node that is supported: `npm run test:nodes`, or `npm run test:nodes -- 22 26` for some of them.
 * A version that the registry does not have is said loudly and does not fail the run.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringNode } from './launch/bring-node.mjs';
import { NotInRegistryError } from './launch/npm.mjs';
import { say } from './launch/say.mjs';

const supported = [22, 24, 26];
const root = dirname(dirname(fileURLToPath(import.meta.url)));

function main() {
	const asked = process.argv.slice(2).map(Number);
	const failed = (asked.length > 0 ? asked : supported).filter((major) => !passes(major));
	if (failed.length > 0) say(`the unit tests fail on Node ${failed.join(', ')}`);
	process.exitCode = failed.length > 0 ? 1 : 0;
}

/** @param {number} major */
function passes(major) {
	const bin = nodeOf(major);
	if (bin === undefined) return true;
	say(`unit tests on Node ${major}`);
	const env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` };
	return spawnSync(unitCommand(), { cwd: root, env, stdio: 'inherit', shell: true }).status === 0;
}

/** @param {number} major */
function nodeOf(major) {
	try {
		return bringNode(root, major);
	} catch (error) {
		if (!(error instanceof NotInRegistryError)) throw error;
		say(`NODE ${major} IS NOT TESTED: ${error.message}`);
		return undefined;
	}
}

/** The command of `npm run unit`, without the launcher in front: it would take the Node it is developed on. */
function unitCommand() {
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return scripts.unit.replace(/^node tools\/launch\.mjs (--build )?/, '');
}

main();
