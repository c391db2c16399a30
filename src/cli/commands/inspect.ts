import type { Command } from '../command.ts';

export const inspect: Command = {
	name: 'inspect',
	usage: 'IMAGE',
	arity: { min: 1, max: 1 },
	answers: 'exit code 0: it was measured',
	flags: {
		base: { type: 'string', multiple: true, value: 'IMAGE', help: 'an image that it may stand on: its layers tell what is added above' },
	},
	examples: ['footing inspect node:24-slim', 'footing inspect docker-archive:app.tar --format json'],
	async run({ session, args, flags }) {
		const { inspect: workflow } = await import('../../workflows/inspect.ts');
		return { report: await workflow(session, args[0] as string, { bases: flags.texts('base') }), exitCode: 0 };
	},
};
