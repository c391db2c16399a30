import { compare as workflow } from '../../workflows/compare.ts';
import type { Command } from '../command.ts';

export const compare: Command = {
	name: 'compare',
	usage: 'IMAGE IMAGE…',
	arity: { min: 2, max: 100 },
	answers: 'exit code 0: they were measured',
	flags: { diff: { type: 'boolean', help: 'list what goes and what comes from one image to the next' } },
	examples: ['footing compare node:24 node:24-slim node:24-alpine gcr.io/distroless/nodejs24-debian13'],
	async run({ session, args }) {
		return { report: await workflow(session, args), exitCode: 0 };
	},
};
