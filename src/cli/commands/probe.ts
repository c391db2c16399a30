import type { Command } from '../command.ts';
import { engineArguments, engineFlags } from '../engine-flags.ts';

export const probe: Command = {
	name: 'probe',
	usage: 'IMAGE|CONTAINER',
	arity: { min: 1, max: 1 },
	answers: 'exit code 0: what was predicted is what happened; 1: something was predicted wrongly, or could not be told',
	flags: {
		...engineFlags,
		live: { type: 'boolean', help: 'the argument is a running container; only what is harmless is tried there' },
		'run-arg': { type: 'string', multiple: true, value: 'FLAG', help: 'a flag of "docker run", for instance --read-only or --user=1000' },
	},
	examples: [
		'footing probe gcr.io/distroless/nodejs24-debian13',
		'footing probe node:24 --run-arg=--user=1000',
		'footing probe --live shop-1',
	],
	async run({ session, args, flags }) {
		const engine = flags.text('engine');
		const toolbox = flags.text('toolbox');
		const { probe: workflow } = await import('../../workflows/probe.ts');
		const report = await workflow(session, {
			target: args[0] as string,
			live: flags.on('live'),
			runFlags: engineArguments(flags, 'run-arg'),
			...(engine === undefined ? {} : { engine }),
			...(toolbox === undefined ? {} : { toolbox }),
		});
		return { report, exitCode: report.agreement.answer === 'holds' ? 0 : 1 };
	},
};
