import { FootingError } from '../../model/errors.ts';
import type { Processes, ProcessResult } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import { Secret } from '../../model/secret.ts';
import type { Credential } from './auth-file.ts';

const timeout = 30_000;
const maxOutput = 64 * 1024;
const nameForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** What helpers say when they know nothing; it is no failure. */
const nothing = /credentials not found in native keychain|no credentials server URL|no credentials username/;

/**
 * Asks `docker-credential-NAME get` for the credentials of a server, whose name goes over standard input (protocol of
 * docker-credential-helpers). Undefined: it has none.
 * @throws FootingError `credentials`
 */
export async function askHelper(processes: Processes, name: string, server: string): Promise<Credential | undefined> {
	if (!nameForm.test(name))
		throw new FootingError('credentials', `cannot use the credential helper "${quote(name)}": that is not the name of a program`);
	const program = `docker-credential-${name}`;
	const result = await run(processes, program, server);
	if (result.exitCode === 0) return parseAnswer(program, result.stdout);
	const said = result.stdout.trim() === '' ? result.stderr : result.stdout;
	if (nothing.test(said)) return undefined;
	const why = result.timedOut === true ? `it gave no answer within ${timeout / 1000} s` : refusal(result, said);
	throw new FootingError('credentials', `cannot get the credentials of ${quote(server)} from ${program}: ${why}`);
}

async function run(processes: Processes, program: string, server: string): Promise<ProcessResult> {
	try {
		return await processes.run(program, ['get'], { input: server, timeoutMs: timeout, maxOutput });
	} catch (cause) {
		const why = cause instanceof FootingError ? cause.message.replace(/^[^:]*: /, '') : 'it could not be started';
		throw new FootingError('credentials', `cannot get the credentials of ${quote(server)} from ${program}: ${why}`, { cause });
	}
}

function refusal(result: ProcessResult, said: string): string {
	// a helper that fails with JSON on its lips may be telling the secret
	const shown = said.includes('{') ? '' : `: ${quote(said.trim())}`;
	return `it ended with code ${result.exitCode}${shown}`;
}

function parseAnswer(program: string, stdout: string): Credential | undefined {
	const { Username: username, Secret: secret } = fieldsOf(program, stdout);
	if (typeof username !== 'string' || typeof secret !== 'string')
		throw new FootingError('credentials', `cannot get credentials from ${program}: its answer has no Username and Secret`);
	if (secret === '') return undefined;
	if (username === '<token>') return { kind: 'identity', token: new Secret(secret) };
	return { kind: 'password', username, password: new Secret(secret) };
}

function fieldsOf(program: string, stdout: string): { readonly Username?: unknown; readonly Secret?: unknown } {
	try {
		const answer: unknown = JSON.parse(stdout);
		if (typeof answer === 'object' && answer !== null) return answer;
	} catch {
		// the error of the parser repeats the answer, and with it the secret
	}
	throw new FootingError('credentials', `cannot get credentials from ${program}: its answer is not JSON`);
}
