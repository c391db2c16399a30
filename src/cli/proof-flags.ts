import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import type { ProofRequest } from '../workflows/proof-request.ts';
import type { CommandInput, Flags } from './command.ts';
import { engineArguments, engineFlags } from './engine-flags.ts';

/** Flags of every command that really builds, runs and tests an application. */
export const proofFlags: Flags = {
	...engineFlags,
	test: { type: 'string', value: 'COMMAND', help: "its tests (default: footing.yaml's, else what the project declares)" },
	path: { type: 'string', value: '/PATH', help: 'what is asked for over HTTP (default: /)' },
	'ready-line': { type: 'string', value: 'TEXT', help: 'it is ready when its output has this text' },
	wait: { type: 'string', value: 'SECONDS', help: 'how long it may take to be ready (default: 30)' },
	'as-is': { type: 'boolean', help: 'without the changes that the static proof asks for' },
	'read-only': { type: 'boolean', help: 'with a read-only root file system and a /tmp' },
	'test-from': {
		type: 'string',
		value: 'IMAGE',
		help: 'run --test in a container of IMAGE, beside the application and with its network; the sources are copied to its working directory',
	},
	'slower-than': { type: 'string', value: 'FACTOR', help: 'tell what takes so many times as long as on the current base (default: 3)' },
	fresh: { type: 'boolean', help: 'find everything out anew, also what an earlier run has found out' },
	'run-arg': { type: 'string', multiple: true, value: 'FLAG', help: 'a flag of "docker run", for instance --env=MODE=test' },
	'build-flag': { type: 'string', multiple: true, value: 'FLAG', help: 'a flag of "docker build", for instance --secret=id=npm' },
};

export function proofOf({ flags, configuration }: CommandInput): ProofRequest {
	const testFrom = flags.text('test-from');
	const test = flags.text('test') ?? configuration.application.test;
	if (testFrom !== undefined && test === undefined)
		throw new FootingError('bad-usage', 'invalid command line: --test-from takes a --test COMMAND that asks the application over its port');
	return {
		runFlags: engineArguments(flags, 'run-arg'),
		buildFlags: engineArguments(flags, 'build-flag'),
		asIs: flags.on('as-is'),
		readOnly: flags.on('read-only'),
		fresh: flags.on('fresh'),
		...given('engine', flags.text('engine')),
		...given('toolbox', flags.text('toolbox')),
		...given('path', flags.text('path')),
		...given('logLine', flags.text('ready-line')),
		...given('test', test),
		...given('testFrom', testFrom),
		...given('slowerThan', numberOf('slower-than', flags.text('slower-than'), 1, 1000)),
		...given('waitMs', inMilliseconds(numberOf('wait', flags.text('wait'), 0, 3600))),
	};
}

function given<const Name extends string, T>(name: Name, value: T | undefined): { readonly [K in Name]?: T } {
	return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: T };
}

function inMilliseconds(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : seconds * 1000;
}

function numberOf(name: string, text: string | undefined, above: number, most: number): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!(value > above && value <= most))
		throw new FootingError('bad-usage', `invalid --${name} ${quote(text, 40)}: it is a number above ${above} and up to ${most}`);
	return value;
}
