import { writeTar } from '../formats/tar-writer.ts';
import type { ProbeReport, ReportedMove } from '../model/report.ts';
import { type Arena, openArena } from './arena.ts';
import { engineMessage, type Ran, runToEnd } from './containers.ts';
import type { Workspace } from './engine.ts';
import { type Attempt, credentialPath, credentialText, type Move, type Outcome, secretName, secretText, type Target } from './move.ts';
import { moves as allMoves } from './moves/index.ts';
import type { Toolbox } from './toolbox.ts';

/** Where the rehearsal takes place: throwaway containers of an image, or a container that runs. */
export type Stage =
	| { readonly image: string; readonly flags: readonly string[]; readonly toolbox: Toolbox }
	/** Only what is harmless is tried there. */
	| { readonly container: string };

export type Rehearsal = Pick<ProbeReport, 'moves' | 'agreement' | 'remains'>;

interface Planned {
	readonly move: Move;
	readonly attempt: Attempt;
}

/** Containers at a time: starting one keeps a processor busy. */
const atOnce = 3;
const evidenceLimit = 500;

/** Predicts and tries every move. The program always replaces the entry point, so that no entry point answers for it. */
export async function rehearse(
	workspace: Workspace,
	target: Target,
	stage: Stage,
	options: { readonly moves?: readonly Move[]; readonly progress?: (line: string) => void } = {},
): Promise<Rehearsal> {
	const planned = (options.moves ?? allMoves).flatMap((move) => move.attempts(target).map((attempt): Planned => ({ move, attempt })));
	const told = await tryAll(workspace, stage, planned, options.progress);
	return { moves: told, agreement: agreementOf(told), remains: remainsOf(told, options.moves ?? allMoves) };
}

async function tryAll(
	workspace: Workspace,
	stage: Stage,
	planned: readonly Planned[],
	progress?: (line: string) => void,
): Promise<readonly ReportedMove[]> {
	if ('container' in stage) {
		const harmless = planned.flatMap(({ move, attempt }): readonly Planned[] => {
			if (attempt.harmless === false || attempt.credential === true) return [];
			return [{ move, attempt: attempt.harmless === true ? attempt : { ...attempt, argv: attempt.harmless } }];
		});
		return inTurn(harmless, 1, async (one) => reported(one, await execute(workspace, stage.container, one.attempt), ''));
	}
	const attempts = planned.map(({ attempt }) => attempt);
	const arena = await openArena(workspace, stage.toolbox, attempts);
	try {
		return await inTurn(planned, atOnce, async (one) => {
			progress?.(`rehearsing ${one.move.name}: ${one.attempt.what}`);
			const alone = one.attempt.beside === true && arena.processes === undefined;
			if (alone || (one.attempt.listen !== undefined && !arena.listens)) return reported(one, undefined, '');
			const ran = await tryOne(workspace, stage, arena, one.attempt);
			return reported(one, ran, one.attempt.listen === undefined ? '' : await arena.heard(one.attempt.listen.port));
		});
	} finally {
		await arena.close();
	}
}

/** In order of the list, some at a time. */
async function inTurn<A, B>(items: readonly A[], lanes: number, run: (item: A) => Promise<B>): Promise<readonly B[]> {
	const results: B[] = [];
	const next = items.entries();
	const lane = async (): Promise<void> => {
		for (const [index, item] of next) results[index] = await run(item);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}

function tryOne(workspace: Workspace, stage: Extract<Stage, { image: string }>, arena: Arena, attempt: Attempt): Promise<Ran> {
	const credential = [{ name: credentialPath.slice(1), body: Buffer.from(credentialText), mode: 0o644 }];
	const pid = attempt.beside === true && arena.processes !== undefined ? ['--pid', arena.processes] : [];
	return runToEnd(workspace, {
		image: stage.image,
		argv: attempt.argv,
		network: arena.network,
		privileges: 'default',
		flags: ['--env', `${secretName}=${secretText}`, ...pid, ...stage.flags],
		timeoutMs: attempt.timeoutMs ?? 20_000,
		...(attempt.credential === true ? { files: writeTar(credential) } : {}),
	});
}

async function execute(workspace: Workspace, container: string, { argv, timeoutMs = 20_000 }: Attempt): Promise<Ran> {
	const env = `${secretName}=${secretText}`;
	const result = await workspace.run(['exec', '--env', env, '--', container, ...argv], { timeoutMs });
	const started = result.exitCode < 125 || result.exitCode > 127;
	const output = started ? `${result.stdout}${result.stderr}` : engineMessage(`${result.stdout}${result.stderr}`);
	const { exitCode, timedOut = false } = result;
	return { started, running: false, exitCode, output, durationMs: 0, timedOut, outOfMemory: false };
}

function reported({ move, attempt }: Planned, ran: Ran | undefined, heard: string): ReportedMove {
	const { what, predicted, because, argv } = attempt;
	const said = ran === undefined ? 'nothing of ours runs beside it: see --toolbox' : `${ran.output}${heard}`.trim();
	return {
		name: move.name,
		what,
		capability: move.capability,
		command: argv,
		predicted,
		because,
		observed: ran === undefined ? 'unknown' : outcomeOf(attempt, ran, heard),
		evidence: said.length > evidenceLimit ? `${said.slice(0, evidenceLimit)}…` : said || `exit code ${ran?.exitCode}`,
	};
}

/** 125 without a start: the engine could not make the container at all, which says nothing about the image. */
function outcomeOf(attempt: Attempt, ran: Ran, heard: string): Outcome {
	if (attempt.succeeded(ran, heard)) return 'possible';
	return ran.timedOut || (!ran.started && ran.exitCode === 125) ? 'unknown' : 'impossible';
}

function agreementOf(told: readonly ReportedMove[]): ProbeReport['agreement'] {
	const known = told.filter(({ predicted, observed }) => predicted !== 'unknown' && observed !== 'unknown');
	const agree = known.filter(({ predicted, observed }) => predicted === observed).length;
	const differ = known.length - agree;
	const unknown = told.length - known.length;
	return { answer: differ > 0 ? 'fails' : unknown > 0 ? 'unknown' : 'holds', agree, differ, unknown };
}

function remainsOf(told: readonly ReportedMove[], moves: readonly Move[]): ProbeReport['remains'] {
	return moves.flatMap(({ name, capability, defence }) => {
		const ways = told.filter((one) => one.name === name && one.observed === 'possible').map(({ what }) => what);
		return ways.length === 0 ? [] : [{ name, capability, ways, defence }];
	});
}
