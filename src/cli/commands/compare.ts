import type { Command } from '../command.ts';

export const compare: Command = {
	name: 'compare',
	usage: 'IMAGE IMAGE…',
	arity: { min: 2, max: 100 },
	answers: 'exit code 0: they were measured',
	flags: {
		base: { type: 'string', multiple: true, value: 'IMAGE', help: 'an image that they may stand on: layers tell what is added above' },
		diff: { type: 'boolean', help: 'list what goes and what comes from one image to the next' },
	},
	examples: ['footing compare node:24 node:24-slim node:24-alpine gcr.io/distroless/nodejs24-debian13'],
	async run({ session, args, flags }) {
		const { compare: workflow } = await import('../../workflows/compare.ts');
		return { report: await workflow(session, args, { bases: flags.texts('base') }), exitCode: 0 };
	},
};
