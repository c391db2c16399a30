import type { Application } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import type { StartCommand } from './start-commands.ts';

/** Programs of one application that are read for what they do. */
const maxPrograms = 8;

/** ELF programs of the application among the words of its start commands, links resolved. */
export function compiledPrograms(application: Application, commands: readonly StartCommand[]): readonly string[] {
	return [...new Set(commands.flatMap((command) => programsIn(application, command)))].slice(0, maxPrograms);
}

function programsIn({ files, launch }: Application, command: StartCommand): readonly string[] {
	const search = (
		launch.env.find(({ value }) => value.name === 'PATH')?.value.value ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
	).split(':', 50);
	return command.words.slice(0, 16).flatMap((word) => {
		if (!word.whole || word.text === '' || word.text.startsWith('-')) return [];
		const places = word.text.includes('/')
			? [absolutePath(word.text, command.directory)]
			: search.filter((p) => p.startsWith('/')).map((p) => `${p}/${word.text}`);
		const entry = places.map((place) => files.resolve(place)).find((found) => found?.type === 'file' && found.content === 'elf');
		return entry === undefined ? [] : [entry.path];
	});
}
