import { FootingError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { readImageList } from '../image-list.ts';

export const inspect: Command = {
	name: 'inspect',
	usage: 'IMAGE | --from-file FILE',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: it was measured; with --from-file 3: an image of the list could not be read, the others were',
	flags: {
		base: { type: 'string', multiple: true, value: 'IMAGE', help: 'an image that it may stand on: its layers tell what is added above' },
		'from-file': {
			type: 'string',
			value: 'FILE',
			help: 'the images that FILE names, one a line; each is printed as it is ready (text, json, csv)',
		},
	},
	examples: [
		'footing inspect node:24-slim',
		'footing inspect docker-archive:app.tar --format json',
		'footing inspect --from-file images.txt --format csv',
	],
	async run({ session, args, flags }) {
		const [image] = args;
		if (image === undefined)
			throw new FootingError('bad-usage', 'invalid command line: footing inspect takes an IMAGE, or --from-file FILE');
		const { inspect: workflow } = await import('../../workflows/inspect.ts');
		return { report: await workflow(session, image, { bases: flags.texts('base') }), exitCode: 0 };
	},
	async many({ session, args, flags }) {
		const file = flags.text('from-file');
		if (file === undefined) return undefined;
		if (args.length > 0)
			throw new FootingError('bad-usage', 'invalid command line: footing inspect takes an IMAGE or --from-file, not both');
		const references = await readImageList(session.host.disk, file);
		const { inspectMany } = await import('../../workflows/inspect-many.ts');
		return { entries: (whole) => inspectMany(session, references, { bases: flags.texts('base'), whole }) };
	},
};
