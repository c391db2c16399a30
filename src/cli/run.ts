import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { nearest } from '../model/nearest.ts';
import { quote } from '../model/quote.ts';
import type { FleetReporter } from '../report/fleet-reporter.ts';
import type { Reporter, ReportOptions } from '../report/reporter.ts';
import { reporters } from '../report/reporters/index.ts';
import { createSession } from '../workflows/create-session.ts';
import { type Configuration, loadConfiguration } from '../workflows/load-configuration.ts';
import type { Session } from '../workflows/session.ts';
import type { Command, CommandInput, FleetOutcome, GivenFlags } from './command.ts';
import { commands } from './commands/index.ts';
import { commonFlags } from './common-flags.ts';
import { pairs, parseFlags } from './parse-flags.ts';

/** What the terminal is like. */
export interface Terminal {
	readonly color: boolean;
	readonly width: number;
	/** Standard output, for results that are printed as they come; false when nobody reads them any more. */
	write(text: string): Promise<boolean>;
}

export interface Ended {
	/** For standard output; empty when a file was written. */
	readonly text: string;
	readonly exitCode: number;
}

/** Runs one command line. @throws FootingError */
export async function run(argv: readonly string[], host: Host, terminal: Terminal): Promise<Ended> {
	const command = await commandNamed(argv[0] ?? '');
	const { args, flags } = parseFlags(argv.slice(1), { ...command.flags, ...commonFlags });
	if (flags.on('help')) return { text: (await import('./help.ts')).commandHelp(command), exitCode: 0 };
	checkArity(command, args);
	const quiet = flags.on('quiet');
	// footing.yaml belongs to an application; image commands read one only where --config names it
	const directory = Object.hasOwn(command.flags, 'dockerfile') ? (args[0] ?? '.') : undefined;
	const configuration = await loadConfiguration(host, directory, flags.text('config'));
	const session = sessionOf(quiet ? { ...host, progress: () => {} } : host, flags, configuration);
	const input: CommandInput = { session, args, flags, configuration };
	const format = flags.text('format') ?? 'text';
	const output = flags.text('output') === '-' ? undefined : flags.text('output');
	const options: ReportOptions = {
		color: terminal.color && !flags.on('no-color') && output === undefined,
		width: terminal.width,
		verbose: flags.on('verbose'),
		differences: flags.on('diff'),
	};
	const many = await command.many?.(input);
	if (many !== undefined)
		return { text: '', exitCode: await runMany(many, await fleetReporter(format), { host, terminal, output, options }) };
	const reporter = await reporterFor(command, format);
	const { report, exitCode } = await command.run(input);
	const text = reporter.render(report, options);
	if (output === undefined) return { text, exitCode };
	await host.disk.writeFile(output, text);
	return { text: '', exitCode };
}

interface Where {
	readonly host: Host;
	readonly terminal: Terminal;
	readonly output: string | undefined;
	readonly options: ReportOptions;
}

async function fleetReporter(format: string): Promise<FleetReporter> {
	return (await import('./print-fleet.ts')).fleetReporterFor(format);
}

/** Prints or writes many images as they come. Returns the exit code. */
async function runMany(many: FleetOutcome, reporter: FleetReporter, { host, terminal, output, options }: Where): Promise<number> {
	const { fleetPieces } = await import('./print-fleet.ts');
	const { pieces, exitCode } = fleetPieces(many, reporter, options);
	if (output !== undefined) await host.disk.writePieces(output, pieces);
	else for await (const piece of pieces) if (!(await terminal.write(piece))) break;
	return exitCode();
}

async function commandNamed(name: string): Promise<Command> {
	const entry = commands.find((command) => command.name === name);
	if (entry !== undefined) return entry.load();
	const near = nearest(
		name,
		commands.map((command) => command.name),
	);
	throw new FootingError('bad-usage', `invalid command ${quote(name, 60)}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

function checkArity(command: Command, args: readonly string[]): void {
	const { min, max } = command.arity;
	if (args.length >= min && args.length <= max) return;
	throw new FootingError(
		'bad-usage',
		`invalid command line: footing ${command.name} ${command.usage} takes ${min === max ? min : `${min} to ${max}`} arguments, not ${args.length}`,
	);
}

async function reporterFor(command: Command, format: string): Promise<Reporter> {
	const prints = ({ kinds }: Reporter): boolean => kinds.some((kind) => kind === command.name);
	const found = await reporters.find((reporter) => reporter.format === format)?.load();
	if (found !== undefined && prints(found)) return found;
	const all = await Promise.all(reporters.map((reporter) => reporter.load()));
	const known = all.filter(prints).map((reporter) => reporter.format);
	throw new FootingError('bad-usage', `invalid --format ${quote(format, 60)}: footing ${command.name} prints ${known.join(' or ')}`);
}

function sessionOf(host: Host, flags: GivenFlags, configuration: Configuration): Session {
	const platform = flags.text('platform');
	return createSession(host, {
		...(platform === undefined ? {} : { platform }),
		mirrors: [...pairs('registry-mirror', flags.texts('registry-mirror')).map(([from, to]) => ({ from, to })), ...configuration.mirrors],
		offline: flags.on('offline'),
		substitutes: new Map(pairs('substitute', flags.texts('substitute'))),
	});
}
