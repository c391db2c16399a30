import type { Application } from '../../../model/need.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import type { Fact } from '../fact.ts';
import type { StartCommand } from '../start-commands.ts';
import { readGoProgram } from './read-program.ts';

/** Larger programs are not read. */
const limit = 192 * 1024 * 1024;
const maxPrograms = 8;

/** What the Go programs that the start commands run ask of the system. */
export async function goFacts(application: Application, commands: readonly StartCommand[]): Promise<readonly Fact[]> {
	const paths = [...new Set(commands.flatMap((command) => programsIn(application, command)))].slice(0, maxPrograms);
	const facts: Fact[] = [];
	for (const path of paths) {
		const bytes = await application.files.read(path, { limit }).catch(() => undefined);
		if (bytes !== undefined) facts.push(...(readGoProgram(path, bytes) ?? []));
	}
	return facts;
}

/** ELF programs of the application among the words of a command, links resolved. */
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
