import { FootingError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { applicationFlags } from '../common-flags.ts';
import { subjectOf } from '../subject-flags.ts';

export const fit: Command = {
	name: 'fit',
	usage: '[APP] --base IMAGE…',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: it runs on every base as it is; 1: on some it breaks, needs changes or is unknown',
	flags: {
		...applicationFlags,
		base: { type: 'string', short: 'b', multiple: true, value: 'IMAGE', help: 'a base to check; may be given several times' },
	},
	examples: ['footing fit . --base node:24-slim --base gcr.io/distroless/nodejs24-debian13'],
	async run(input) {
		const bases = input.flags.texts('base');
		if (bases.length === 0) throw new FootingError('bad-usage', 'invalid command line: footing fit needs at least one --base IMAGE');
		const { fit: workflow } = await import('../../workflows/fit.ts');
		const report = await workflow(input.session, { ...subjectOf(input), bases });
		return { report, exitCode: report.bases.every(({ answer }) => answer === 'runs') ? 0 : 1 };
	},
};
