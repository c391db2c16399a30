import { FootingError } from '../../model/errors.ts';
import type { VerifyRequest } from '../../workflows/verify.ts';
import type { Command, CommandInput } from '../command.ts';
import { applicationFlags } from '../common-flags.ts';
import { proofFlags, proofOf } from '../proof-flags.ts';
import { subjectOf } from '../subject-flags.ts';

export const verify: Command = {
	name: 'verify',
	usage: '[APP] --base IMAGE…',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: it was built on every base, starts there and passes its own tests; 1: on some it does not, or that is unknown',
	flags: {
		...applicationFlags,
		base: { type: 'string', short: 'b', multiple: true, value: 'IMAGE', help: 'a base to try; may be given several times' },
		...proofFlags,
	},
	examples: ['footing verify . --base node:24-slim --base gcr.io/distroless/nodejs24-debian13'],
	async run(input) {
		const { verify: workflow } = await import('../../workflows/verify.ts');
		const report = await workflow(input.session, requestOf(input));
		return { report, exitCode: report.bases.every(({ answer }) => answer === 'holds') ? 0 : 1 };
	},
};

function requestOf(input: CommandInput): VerifyRequest {
	const bases = input.flags.texts('base');
	if (bases.length === 0) throw new FootingError('bad-usage', 'invalid command line: footing verify needs at least one --base IMAGE');
	return { ...subjectOf(input), ...proofOf(input), bases };
}
