import { execFile, spawnSync } from 'node:child_process';

/** Something the demo needs that this machine does not have: shown without a stack. */
export class DemoError extends Error {}

const env = { ...process.env, LC_ALL: 'C' };
const maxBuffer = 2 ** 30;

/** Runs a program to its end; its output is shown only when it fails. */
export function run(program: string, args: readonly string[], options: { readonly cwd?: string; readonly doing: string }): Buffer {
	const { cwd, doing } = options;
	const result = spawnSync(program, args, { env, maxBuffer, ...(cwd === undefined ? {} : { cwd }) });
	if (result.error !== undefined) throw new DemoError(`cannot ${doing}: ${result.error.message}`, { cause: result.error });
	if (result.status !== 0) throw new DemoError(`cannot ${doing}: ${program} ended with exit code ${result.status}\n${tail(result.stderr)}`);
	return result.stdout;
}

/** The same without waiting for it. */
export function start(program: string, args: readonly string[], options: { readonly doing: string }): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		execFile(program, args, { env, maxBuffer, encoding: 'buffer' }, (error, stdout, stderr) => {
			if (error === null) resolve(stdout);
			else reject(new DemoError(`cannot ${options.doing}: ${error.message}\n${tail(stderr)}`, { cause: error }));
		});
	});
}

function tail(output: Buffer): string {
	return output.toString().trim().split('\n').slice(-12).join('\n');
}
