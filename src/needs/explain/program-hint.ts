import { baseName } from '../application/stage-tree.ts';

/** A file for an interpreter, by its name. */
export const isScript = (name: string): boolean => /\.(c?js|mjs|ts|py|rb|php|jar|dll)$/.test(name);

/** What to do about a program that is not there. */
export function hintFor(name: string): string {
	const program = baseName(name);
	if (/^(ba|da|a|k|z)?sh$/.test(program))
		return 'the image has no shell: write ENTRYPOINT, CMD and HEALTHCHECK in exec form (["program", "argument"]), and start programs without a shell';
	if (isScript(name))
		return 'CMD names a file for the interpreter that the ENTRYPOINT of another base starts: put the interpreter before it (CMD ["node", "server.js"])';
	if (/^(npm|yarn|pnpm|npx)$/.test(program)) return 'the image has the runtime alone: start the script that package.json names with node';
	return `copy ${program} with the libraries it needs from another stage, do without it, or take a base that has it`;
}
