import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LaunchError, say } from './say.mjs';

const pauseMs = 200;
const patienceMs = 15 * 60_000;

/**
 * Does `work` unless `done()` already says yes. Of several processes that come at the same time one works, the others wait
 * for it; the lock of a process that died is taken over.
 * @param {string} lockFile
 * @param {() => boolean} done
 * @param {() => void} work
 */
export function once(lockFile, done, work) {
	if (done()) return;
	take(lockFile);
	try {
		if (!done()) work();
	} finally {
		rmSync(lockFile, { force: true });
	}
}

/** @param {string} lockFile */
function take(lockFile) {
	mkdirSync(dirname(lockFile), { recursive: true });
	const mine = `${lockFile}.${process.pid}`;
	writeFileSync(mine, String(process.pid));
	try {
		let told = false;
		for (let waited = 0; waited < patienceMs; waited += pauseMs) {
			if (link(mine, lockFile)) return;
			const owner = ownerOf(lockFile);
			if (owner !== undefined && !alive(owner)) breakLock(lockFile, owner);
			else if (!told) {
				say(`waiting for process ${owner ?? '?'}, which is preparing this directory`);
				told = true;
			}
			sleep(pauseMs);
		}
	} finally {
		rmSync(mine, { force: true });
	}
	throw new LaunchError(`cannot prepare this directory: ${lockFile} is still held\nhint: remove that file when no other launch is running`);
}

/** A hard link appears whole or not at all: nobody sees a lock without its owner. @param {string} from @param {string} to */
function link(from, to) {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
		throw error;
	}
}

/** @param {string} lockFile */
function ownerOf(lockFile) {
	try {
		return Number(readFileSync(lockFile, 'utf8'));
	} catch {
		return undefined;
	}
}

/** @param {number} pid */
function alive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * Two waiters may see the same dead owner, and the slower must not break the lock that the faster has taken meanwhile:
 * what was moved aside is looked at again and put back when it is somebody else's.
 * @param {string} lockFile
 * @param {number} owner
 */
function breakLock(lockFile, owner) {
	const aside = `${lockFile}.${process.pid}.stale`;
	try {
		renameSync(lockFile, aside);
	} catch {
		return;
	}
	if (ownerOf(aside) !== owner) link(aside, lockFile);
	rmSync(aside, { force: true });
}

/** @param {number} ms */
function sleep(ms) {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
