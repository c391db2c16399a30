#!/usr/bin/env node
/*
 * Runs a command of this repository as it should be run, on a machine that has no more than some Node (18 or newer) and npm:
 *
 *     node tools/launch.mjs [--build] COMMAND [ARGUMENT...]
 *
 * It fetches a newer Node when the one it runs on is older than `engines` in package.json, installs the packages when
 * package-lock.json has changed, compiles with --build, and then runs COMMAND with that Node and those packages first in
 * PATH. Each step is done once; several launches at the same time wait for each other. Plain JavaScript, no dependency: it
 * has to run before anything is installed.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringNode } from './launch/bring-node.mjs';
import { build } from './launch/build.mjs';
import { installPackages } from './launch/install.mjs';
import { LaunchError, say } from './launch/say.mjs';

/** The version that is fetched, and that the project is developed on. */
const wantedMajor = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

function main() {
	const args = process.argv.slice(2);
	const wantsBuild = args[0] === '--build';
	const command = wantsBuild ? args.slice(1) : args;
	if (command.length === 0) throw new LaunchError('usage: node tools/launch.mjs [--build] COMMAND [ARGUMENT...]');
	const nodeDirectory = newEnough() ? dirname(process.execPath) : bringNode(root, wantedMajor);
	installPackages(root, nodeDirectory);
	if (wantsBuild) build(root, nodeDirectory);
	run(command, [nodeDirectory, join(root, 'node_modules', '.bin')]);
}

function newEnough() {
	const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const least = /^>=(\d+)\.(\d+)$/.exec(engines.node);
	if (least === null) throw new LaunchError(`cannot read engines.node in package.json: ${engines.node}`);
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	return major > Number(least[1]) || (major === Number(least[1]) && minor >= Number(least[2]));
}

/** @param {readonly string[]} command @param {readonly string[]} path directories to put first in PATH */
function run([program = '', ...args], path) {
	const env = { ...process.env, PATH: [...path, process.env.PATH ?? ''].join(':') };
	const child = spawn(program, args, { stdio: 'inherit', env });
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => child.kill(signal));
	child.on('error', (error) => fail(new LaunchError(`cannot start ${program}: ${error.message}`)));
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
	});
}

/** @param {unknown} error */
function fail(error) {
	say(error instanceof LaunchError ? error.message : String(error instanceof Error ? error.stack : error));
	process.exitCode = 1;
}

try {
	main();
} catch (error) {
	fail(error);
}
