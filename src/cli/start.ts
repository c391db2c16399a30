import { cacheDirectory } from '../host/cache.ts';
import { createHost } from '../host/create-host.ts';
import { runEndings } from '../host/endings.ts';
import { FootingError } from '../model/errors.ts';
import { progressLine } from './progress.ts';
import { run, type Terminal } from './run.ts';
import { showError } from './show-error.ts';

/** The process: reads the command line, prints, sets the exit code. */
export async function start(argv: readonly string[]): Promise<void> {
	const progress = progressLine(process.stderr);
	// run from source, as developers do, the code changes faster than its results could be kept
	const directory = import.meta.url.endsWith('.ts') ? undefined : cacheDirectory(process.env);
	const host = createHost({
		logs: true,
		...(progress === undefined ? {} : { progress: progress.show }),
		...(directory === undefined ? {} : { cacheDirectory: directory }),
	});
	const timer = giveUp(argv);
	try {
		const { text, exitCode } = await run(argv, host, terminal());
		progress?.clear();
		process.exitCode = exitCode;
		await print(text);
	} catch (error) {
		progress?.clear();
		process.stderr.write(showError(error));
		process.exitCode = error instanceof FootingError ? error.exitCode : 70;
	} finally {
		clearTimeout(timer);
	}
}

function terminal(): Terminal {
	const { stdout, env } = process;
	const color = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
	return { color, width: stdout.isTTY === true ? stdout.columns : 80, write: print };
}

/** A reader that went away (`footing … | head`) is no error: then it is false. */
function print(text: string): Promise<boolean> {
	const { stdout } = process;
	return new Promise((resolve, reject) => {
		const fail = (error: NodeJS.ErrnoException): void => (error.code === 'EPIPE' ? resolve(false) : reject(error));
		stdout.once('error', fail);
		stdout.write(text, (error) => {
			// an error has its event after this call, and without a listener that would end the process
			if (error !== null && error !== undefined) return;
			stdout.off('error', fail);
			resolve(true);
		});
	});
}

/** `--timeout` ends the whole run, whatever it is doing. */
function giveUp(argv: readonly string[]): NodeJS.Timeout | undefined {
	const at = argv.findIndex((arg) => arg === '--timeout' || arg.startsWith('--timeout='));
	if (at < 0) return undefined;
	const text = argv[at]?.includes('=') ? argv[at]?.slice('--timeout='.length) : argv[at + 1];
	const seconds = Number(text);
	if (!(seconds > 0 && seconds < 1e6)) return undefined;
	return setTimeout(() => {
		process.stderr.write(`footing: cannot finish: the time-out of ${seconds} s is over\n`);
		void runEndings().finally(() => process.exit(3));
	}, seconds * 1000).unref();
}
