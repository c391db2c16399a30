import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { VerifyRequest } from '../../workflows/verify.ts';
import type { Command, CommandInput } from '../command.ts';
import { applicationFlags } from '../common-flags.ts';
import { engineArguments, engineFlags } from '../engine-flags.ts';
import { subjectOf } from '../subject-flags.ts';

export const verify: Command = {
	name: 'verify',
	usage: '[APP] --base IMAGE…',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: it was built on every base, starts there and passes its own tests; 1: on some it does not, or that is unknown',
	flags: {
		...applicationFlags,
		base: { type: 'string', short: 'b', multiple: true, value: 'IMAGE', help: 'a base to try; may be given several times' },
		...engineFlags,
		test: { type: 'string', value: 'COMMAND', help: "its tests (default: footing.yaml's, else what the project declares)" },
		path: { type: 'string', value: '/PATH', help: 'what is asked for over HTTP (default: /)' },
		'ready-line': { type: 'string', value: 'TEXT', help: 'it is ready when its output has this text' },
		wait: { type: 'string', value: 'SECONDS', help: 'how long it may take to be ready (default: 30)' },
		'as-is': { type: 'boolean', help: 'without the changes that the static proof asks for' },
		'read-only': { type: 'boolean', help: 'with a read-only root file system and a /tmp' },
		'run-arg': { type: 'string', multiple: true, value: 'FLAG', help: 'a flag of "docker run", for instance --env=MODE=test' },
		'build-flag': { type: 'string', multiple: true, value: 'FLAG', help: 'a flag of "docker build", for instance --secret=id=npm' },
	},
	examples: ['footing verify . --base node:24-slim --base gcr.io/distroless/nodejs24-debian13'],
	async run(input) {
		const { verify: workflow } = await import('../../workflows/verify.ts');
		const report = await workflow(input.session, requestOf(input));
		return { report, exitCode: report.bases.every(({ answer }) => answer === 'holds') ? 0 : 1 };
	},
};

function requestOf(input: CommandInput): VerifyRequest {
	const { flags, configuration } = input;
	const bases = flags.texts('base');
	if (bases.length === 0) throw new FootingError('bad-usage', 'invalid command line: footing verify needs at least one --base IMAGE');
	const test = flags.text('test') ?? configuration.application.test;
	const seconds = flags.text('wait');
	return {
		...subjectOf(input),
		bases,
		runFlags: engineArguments(flags, 'run-arg'),
		buildFlags: engineArguments(flags, 'build-flag'),
		asIs: flags.on('as-is'),
		readOnly: flags.on('read-only'),
		...given('engine', flags.text('engine')),
		...given('toolbox', flags.text('toolbox')),
		...given('path', flags.text('path')),
		...given('logLine', flags.text('ready-line')),
		...given('test', test),
		...given('waitMs', seconds === undefined ? undefined : waitOf(seconds)),
	};
}

function given<const Name extends string, T>(name: Name, value: T | undefined): { readonly [K in Name]?: T } {
	return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: T };
}

function waitOf(text: string): number {
	const seconds = Number(text);
	if (!(seconds > 0 && seconds <= 3600))
		throw new FootingError('bad-usage', `invalid --wait ${quote(text, 40)}: it is a number of seconds up to 3600`);
	return seconds * 1000;
}
