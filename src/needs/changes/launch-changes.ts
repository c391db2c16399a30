import { root } from '../../formats/access.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { Application, Change, DockerfileEdit, Standing } from '../../model/need.ts';
import { judgeStart } from '../launch/judge.ts';
import { baseName } from '../launch/mains/main.ts';
import { lookUp } from '../launch/resolve-program.ts';
import { traceStart } from '../launch/trace.ts';
import { execForm, instructionAt, replaced } from './dockerfile-edits.ts';
import { plainCommand } from './plain-command.ts';

interface Proposal {
	readonly entrypoint?: readonly string[];
	readonly command: readonly string[];
	readonly what: string;
	readonly because: string;
}

/** The first rewriting of ENTRYPOINT and CMD that starts the same program and with which the start on this base holds. */
export async function launchChanges(application: Application, standing: Standing): Promise<readonly Change[]> {
	if (application.dockerfile === undefined) return [];
	for (const proposal of await proposals(application, standing)) {
		const edits = editsOf(proposal, application);
		if (edits.length === 0) continue;
		const config: ImageConfig = {
			...standing.config,
			entrypoint: proposal.entrypoint ?? standing.config.entrypoint,
			command: proposal.command,
		};
		if (judgeStart(await traceStart(application, standing, config)).answer === 'holds')
			return [{ what: proposal.what, because: proposal.because, edits }];
	}
	return [];
}

async function proposals(application: Application, standing: Standing): Promise<readonly Proposal[]> {
	const { baseConfig, config } = standing;
	const { entrypoint: own, command: said } = application.launch;
	const asked = [...(own?.value.argv ?? []), ...(own?.value.form === 'shell' ? [] : (said?.value.argv ?? []))];
	const words = asked.length === 0 ? undefined : await plainCommand(asked, application, standing);
	if (words === undefined || words[0] === undefined) return [];
	const runtime = runtimeFor(words[0], standing);
	const shell = own?.value.form === 'shell' || said?.value.form === 'shell';
	const why = shell
		? 'the shell form needs a shell, the exec form starts the program itself'
		: 'what the base starts is not what the command expects';
	const inherits = own === undefined;
	const behindBase = baseConfig.entrypoint[0] !== undefined && baseName(baseConfig.entrypoint[0]) === baseName(words[0]);
	const result: Proposal[] = [];
	if (inherits && behindBase)
		result.push({
			command: words.slice(1),
			what: `CMD ${execForm(words.slice(1))}: the base's ENTRYPOINT is ${baseConfig.entrypoint.join(' ')} already`,
			because: why,
		});
	if (inherits) result.push({ command: words, what: `CMD in exec form: ${execForm(words)}`, because: why });
	const started = [runtime ?? words[0], ...words.slice(1)];
	if (inherits) {
		if (runtime !== undefined && baseConfig.entrypoint.length === 0)
			result.push({
				command: started,
				what: `CMD with the path of ${words[0]}: ${execForm(started)}`,
				because: `${words[0]} is not in PATH of this base`,
			});
		const interpreter = interpreterOf(words[0], standing);
		if (interpreter !== undefined)
			result.push({
				command: [interpreter, ...words],
				what: `CMD with the runtime: ${execForm([interpreter, ...words])}`,
				because: `this base starts no runtime by itself`,
			});
	}
	result.push({
		entrypoint: started.slice(0, 1),
		command: started.slice(1),
		what: `ENTRYPOINT ${execForm(started.slice(0, 1))} and CMD ${execForm(started.slice(1))}`,
		because:
			shell || config.entrypoint.length > 1 ? why : 'the entry script does nothing else than to start the program, and needs a shell',
	});
	return result;
}

/** Where the program of this name lies on the base, when PATH does not lead there: what the base itself starts. */
function runtimeFor(name: string, { baseConfig, combined, config }: Standing): string | undefined {
	if (name.includes('/') || !('failure' in lookUp(name, { config, rootfs: combined, who: root }))) return undefined;
	const own = baseConfig.entrypoint[0];
	return own?.startsWith('/') && baseName(own) === name ? own : undefined;
}

const endings: readonly (readonly [ending: RegExp, programs: readonly string[]])[] = [
	[/\.[cm]?js$/, ['node']],
	[/\.py$/, ['python3', 'python']],
];

/** The runtime in PATH of the base for a source file that is given as the program. */
function interpreterOf(file: string, { combined, config }: Standing): string | undefined {
	const programs = endings.find(([ending]) => ending.test(file))?.[1] ?? [];
	return programs.find((name) => !('failure' in lookUp(name, { config, rootfs: combined, who: root })));
}

/** Rewrites the instructions that are there; a new ENTRYPOINT comes before CMD. */
function editsOf({ entrypoint, command }: Proposal, application: Application): readonly DockerfileEdit[] {
	const { launch } = application;
	const ownEntrypoint = instructionAt(application, launch.entrypoint?.because.line);
	const ownCommand = instructionAt(application, launch.command?.because.line);
	const entry = entrypoint === undefined ? undefined : `ENTRYPOINT ${execForm(entrypoint)}`;
	const cmd = `CMD ${execForm(command)}`;
	const edits: DockerfileEdit[] = [];
	const sameCommand = launch.command?.value.form === 'exec' && execForm(launch.command.value.argv) === execForm(command);
	if (ownCommand && !sameCommand) edits.push(replaced(ownCommand, cmd));
	if (entry === undefined) return edits;
	if (ownEntrypoint) edits.unshift(replaced(ownEntrypoint, ownCommand || command.length === 0 ? entry : `${entry}\n${cmd}`));
	else if (ownCommand) edits.unshift({ kind: 'insert-before', line: ownCommand.line, text: entry });
	return edits;
}
