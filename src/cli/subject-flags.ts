import type { SubjectRequest } from '../workflows/subject.ts';
import type { CommandInput } from './command.ts';
import { pairs } from './parse-flags.ts';

/** The application that a command is about, from its argument, its flags and the configuration. */
export function subjectOf({ args, flags, configuration: { application } }: CommandInput): SubjectRequest {
	const dockerfile = flags.text('dockerfile') ?? application.dockerfile;
	const target = flags.text('target') ?? application.target;
	const standsOn = flags.text('stands-on');
	const buildArgs = { ...application.buildArgs, ...Object.fromEntries(pairs('build-arg', flags.texts('build-arg'))) };
	return {
		application: args[0] ?? '.',
		...(dockerfile === undefined ? {} : { dockerfile }),
		...(target === undefined ? {} : { target }),
		...(standsOn === undefined ? {} : { standsOn }),
		buildArgs,
	};
}
