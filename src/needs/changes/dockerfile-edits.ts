import type { Instruction } from '../../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import type { Application, DockerfileEdit } from '../../model/need.ts';

/** The instruction that begins at this line of the application's Dockerfile. */
export function instructionAt(application: Application, line: number | undefined): Instruction | undefined {
	const text = application.dockerfile?.text;
	if (text === undefined || line === undefined) return undefined;
	return parseDockerfile(text).instructions.find((instruction) => instruction.line === line);
}

/** Replaces a whole instruction, its continuation lines included. */
export function replaced(instruction: Instruction, text: string): DockerfileEdit {
	return { kind: 'replace', line: instruction.line, endLine: instruction.endLine, text };
}

/** `["node", "server.js"]` */
export function execForm(argv: readonly string[]): string {
	return `[${argv.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Flags as they were written: `--interval=1s --timeout=3s ` with a blank at the end, or nothing. */
export function flagsOf(instruction: Instruction): string {
	return instruction.flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${value}`} `).join('');
}
