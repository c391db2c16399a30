import type { Command } from '../command.ts';
import { applicationFlags } from '../common-flags.ts';
import { subjectOf } from '../subject-flags.ts';

export const needs: Command = {
	name: 'needs',
	usage: '[APP]',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: the application was read',
	flags: applicationFlags,
	examples: ['footing needs', 'footing needs services/api --target production'],
	async run(input) {
		const { needs: workflow } = await import('../../workflows/needs.ts');
		return { report: await workflow(input.session, subjectOf(input)), exitCode: 0 };
	},
};
