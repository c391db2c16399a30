import type { Application } from '../../../model/need.ts';
import { compiledPrograms } from '../compiled-programs.ts';
import type { Fact } from '../fact.ts';
import type { StartCommand } from '../start-commands.ts';
import { readNativeProgram } from './read-program.ts';

/** Larger programs are not read. */
const limit = 64 * 1024 * 1024;

/** What the programs of C, C++, Rust and the like that the start commands run ask of the system. */
export async function nativeFacts(application: Application, commands: readonly StartCommand[]): Promise<readonly Fact[]> {
	const facts: Fact[] = [];
	for (const path of compiledPrograms(application, commands)) {
		const bytes = await application.files.read(path, { limit }).catch(() => undefined);
		if (bytes !== undefined) facts.push(...(readNativeProgram(path, bytes) ?? []));
	}
	return facts;
}
