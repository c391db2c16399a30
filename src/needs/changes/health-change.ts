import { parseShell } from '../../formats/shell/parse.ts';
import { type Command, literalOf } from '../../formats/shell/syntax.ts';
import type { Application, Change, Standing } from '../../model/need.ts';
import { baseName } from '../launch/mains/main.ts';
import { traceStart } from '../launch/trace.ts';
import { execForm, flagsOf, instructionAt, replaced } from './dockerfile-edits.ts';
import { splitExactly } from './plain-command.ts';

/** A plain GET that tells by its exit status whether the answer was good. */
export interface Request {
	readonly url: string;
	/** Statuses of 400 and above are failures too. */
	readonly failOnStatus: boolean;
}

/** The health check without a shell: its own program in exec form, or the same request made by the runtime that is there. */
export async function healthChanges(application: Application, standing: Standing): Promise<readonly Change[]> {
	const said = application.launch.healthcheck;
	const instruction = instructionAt(application, said?.because.line);
	if (said === undefined || instruction === undefined) return [];
	const text = said.value.form === 'shell' ? (said.value.argv.at(-1) ?? '') : undefined;
	const request = requestOf(text === undefined ? [said.value.argv] : commandsOf(text));
	const probe = request === undefined ? undefined : await probeOf(request, application, standing);
	const argv = probe ?? (text === undefined ? undefined : splitExactly(withoutExit(text)));
	if (argv === undefined) return [];
	const what = probe
		? `a health check by the runtime itself: ${argv.slice(0, 2).join(' ')} …`
		: `the health check in exec form: ${execForm(argv)}`;
	return [
		{
			what,
			because: probe ? 'curl, wget and a shell are not needed for one request' : 'the shell form needs a shell',
			edits: [replaced(instruction, `HEALTHCHECK ${flagsOf(instruction)}CMD ${execForm(argv)}`)],
		},
	];
}

/** `… || exit 1` says nothing that the exit status does not say. */
const withoutExit = (text: string): string => text.replace(/\s*\|\|\s*exit\s+1\s*;?\s*$/, '');

/** The one command of a text, `|| exit 1` behind it left out. */
function commandsOf(text: string): readonly (readonly string[])[] {
	let command: Command | undefined;
	try {
		const { commands } = parseShell(withoutExit(text));
		command = commands.length === 1 ? commands[0] : undefined;
	} catch {
		return [];
	}
	if (command?.kind !== 'simple' || command.assignments.length > 0) return [];
	if (!command.redirections.every(({ target }) => literalOf(target) === '/dev/null' || literalOf(target) === '1')) return [];
	const words = command.words.map(literalOf);
	return words.includes(undefined) ? [] : [words as readonly string[]];
}

/** curl or wget with options that change nothing for an exit status. */
export function requestOf(commands: readonly (readonly string[])[]): Request | undefined {
	const [words] = commands;
	if (commands.length !== 1 || words === undefined) return undefined;
	const tool = baseName(words[0] ?? '');
	if (tool !== 'curl' && tool !== 'wget') return undefined;
	const urls: string[] = [];
	let failOnStatus = tool === 'wget';
	for (let i = 1; i < words.length; i++) {
		const word = words[i] as string;
		if (!word.startsWith('-') || word === '-') {
			if (word !== '-') urls.push(word);
		} else if (tool === 'curl') {
			if (/^-[fsSLk]*f[fsSLk]*$|^--fail$/.test(word)) failOnStatus = true;
			if (/^(-o|--output|-m|--max-time|--connect-timeout|--retry)$/.test(word)) i++;
			else if (!/^-[fsSi]+$|^-[fsS]*o$|^--(fail|silent|show-error|include|max-time=\d+)$/.test(word)) return undefined;
			if (/^-[fsS]+o$/.test(word)) i++;
		} else if (/^(-O|--output-document|-T|--timeout|-t|--tries|-o)$/.test(word)) i++;
		else if (
			!/^-(q|nv|qO-|qO|O-|q?O\/dev\/null|S|T\d+|t\d+)$|^--(spider|quiet|no-verbose|tries=\d+|timeout=\d+|output-document=\S+)$/.test(word)
		)
			return undefined;
		else if (word === '-qO') i++;
	}
	const url = urls.length === 1 ? urls[0] : undefined;
	const whole = url === undefined || /^[a-z]+:\/\//.test(url) ? url : `http://${url}`;
	return whole !== undefined && /^http:\/\/[\w.:/?&=%~+@,;[\]-]+$/.test(whole) ? { url: whole, failOnStatus } : undefined;
}

/** The runtime that the start ends in, asked to make the request. */
async function probeOf(request: Request, application: Application, standing: Standing): Promise<readonly string[] | undefined> {
	const courses = await traceStart(application, standing);
	const last = courses.length > 0 && courses.every(({ ending }) => ending.kind !== 'fails') ? courses[0]?.started.at(-1) : undefined;
	const own = standing.baseConfig.entrypoint[0];
	const path = last?.path ?? (own?.startsWith('/') ? own : undefined);
	if (path === undefined) return undefined;
	const program = baseName(path);
	if (/^(node|nodejs|bun)$/.test(program)) return [path, '-e', nodeProbe(request)];
	if (/^python3?(\.\d+)?$/.test(program)) return [path, '-c', pythonProbe(request)];
	return undefined;
}

function nodeProbe({ url, failOnStatus }: Request): string {
	const answer = failOnStatus ? 'r => process.exit(r.statusCode < 400 ? 0 : 1)' : '() => process.exit(0)';
	return `require('http').get('${url}', ${answer}).on('error', () => process.exit(1))`;
}

function pythonProbe({ url, failOnStatus }: Request): string {
	if (failOnStatus) return `import urllib.request; urllib.request.urlopen('${url}')`;
	const { host, pathname, search } = new URL(url);
	return `import http.client; c = http.client.HTTPConnection('${host}'); c.request('GET', '${pathname}${search}'); c.getresponse()`;
}
