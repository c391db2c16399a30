import type { Flags } from './command.ts';

/** Flags that mean the same everywhere. */
export const commonFlags: Flags = {
	format: { type: 'string', value: 'FORMAT', help: 'text (default), json, markdown, csv or html; not all of them for every command' },
	output: { type: 'string', short: 'o', value: 'FILE', help: 'write the result to FILE' },
	platform: { type: 'string', value: 'OS/ARCH', help: 'which image of a multi-platform one (default: that of this machine, on Linux)' },
	quiet: { type: 'boolean', short: 'q', help: 'no progress' },
	verbose: { type: 'boolean', short: 'v', help: 'open everything: evidence, checks that hold, long lists' },
	'no-color': { type: 'boolean', help: 'no colours (also: NO_COLOR)' },
	config: { type: 'string', value: 'FILE', help: 'configuration (default: footing.yaml beside the application, if there)' },
	'registry-mirror': {
		type: 'string',
		multiple: true,
		value: 'FROM=TO',
		help: 'read a registry from elsewhere, for instance docker.io=http://127.0.0.1:5000',
	},
	substitute: { type: 'string', multiple: true, value: 'IMAGE=IMAGE', help: 'read the first image from where the second one says' },
	offline: { type: 'boolean', help: 'ask no registry' },
	timeout: { type: 'string', value: 'SECONDS', help: 'give up after so long' },
	help: { type: 'boolean', short: 'h', help: 'this text' },
};

/** Flags of every command that takes an application. */
export const applicationFlags: Flags = {
	dockerfile: { type: 'string', short: 'f', value: 'PATH', help: 'relative to the application (default: Dockerfile)' },
	target: { type: 'string', value: 'STAGE', help: 'the stage to build (default: the last)' },
	'stands-on': { type: 'string', value: 'IMAGE', help: 'the base that a built image was made from, where its layers do not tell' },
	'build-arg': { type: 'string', multiple: true, value: 'NAME=VALUE', help: 'as for docker build' },
};
