import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import type { Command } from '../command.ts';

export const explain: Command = {
	name: 'explain',
	usage: '[MESSAGE|-]',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: it is known what it means, with --image also what it comes from there; 1: it is not',
	flags: {
		image: { type: 'string', short: 'i', value: 'IMAGE', help: 'where it was seen: what the message can come from is looked at there' },
		'exit-code': { type: 'string', value: 'NUMBER', help: 'what the container ended with: 126, 127, 137, 139 …' },
	},
	examples: [
		'footing explain "exec /app: no such file or directory" --image shop:1',
		'footing explain --exit-code 127 --image shop:1',
		'docker logs shop-1 2>&1 | footing explain --image shop:1',
	],
	async run({ session, args, flags }) {
		const code = flags.text('exit-code');
		const exitCode = code === undefined ? undefined : exitCodeOf(code);
		const image = flags.text('image');
		const given = args[0] === '-' || (args[0] === undefined && exitCode === undefined) ? await inputOf(session.host) : args[0];
		const { explain: workflow } = await import('../../workflows/explain.ts');
		const report = await workflow(session, {
			...(given === undefined ? {} : { message: given }),
			...(exitCode === undefined ? {} : { exitCode }),
			...(image === undefined ? {} : { image }),
		});
		const known = image === undefined ? report.meanings.length > 0 : report.answer === 'holds';
		return { report, exitCode: known ? 0 : 1 };
	},
};

function exitCodeOf(text: string): number {
	const code = Number(text);
	if (/^\d{1,3}$/.test(text) && code <= 255) return code;
	throw new FootingError('bad-usage', `invalid --exit-code ${quote(text, 40)}: it is a number from 0 to 255`);
}

/** Standard input to its end; of a long log the last part. */
async function inputOf({ input }: Host): Promise<string> {
	if (input === undefined)
		throw new FootingError('bad-usage', 'invalid command line: footing explain needs a message, as its argument or on standard input');
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of input()) {
		chunks.push(chunk);
		size += chunk.length;
		while (size - (chunks[0]?.length ?? size) > limits.log) size -= chunks.shift()?.length ?? 0;
	}
	return Buffer.concat(chunks).toString('utf8');
}
