import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { Command } from '../command.ts';
import { engineFlags } from '../engine-flags.ts';
import { oneOf } from '../parse-flags.ts';

export const debug: Command = {
	name: 'debug',
	usage: 'CONTAINER',
	arity: { min: 1, max: 1 },
	answers: 'exit code 0: the toolbox was there, and what was run in it ended with 0; 1: it ended with something else',
	flags: {
		...engineFlags,
		run: { type: 'string', value: 'COMMAND', help: 'run this with a shell of the toolbox (default: a shell in this terminal)' },
		as: { type: 'string', value: 'USER', help: 'root (default) or same: the user of the container' },
		kubernetes: { type: 'boolean', help: 'make the kubectl command for [NAMESPACE/]POD/CONTAINER, and run nothing' },
		'user-id': { type: 'string', value: 'NUMBER', help: 'with --kubernetes: the user of the container (default: 65532)' },
	},
	examples: [
		'footing debug shop-1',
		"footing debug shop-1 --run 'ps; ls -l /proc/1/root/app'",
		'footing debug prod/shop-7d9f/shop --kubernetes --user-id 1000',
	],
	async run({ session, args, flags }) {
		const [engine, toolbox, command, id] = ['engine', 'toolbox', 'run', 'user-id'].map((name) => flags.text(name));
		const user = oneOf('as', flags.text('as'), ['root', 'same']);
		if (id !== undefined && !/^[1-9]\d{0,9}$/.test(id))
			throw new FootingError('bad-usage', `invalid --user-id ${quote(id, 40)}: it is a number, and not that of root`);
		const { debug: workflow } = await import('../../workflows/debug.ts');
		const report = await workflow(session, {
			target: args[0] as string,
			kubernetes: flags.on('kubernetes'),
			...(engine === undefined ? {} : { engine }),
			...(toolbox === undefined ? {} : { toolbox }),
			...(command === undefined ? {} : { command }),
			...(user === undefined ? {} : { user }),
			...(id === undefined ? {} : { userId: Number(id) }),
		});
		return { report, exitCode: (report.ran?.exitCode ?? 0) === 0 ? 0 : 1 };
	},
};
