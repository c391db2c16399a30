import { writeTar } from '../formats/tar-writer.ts';
import { FootingError } from '../model/errors.ts';
import type { Host, ProcessResult, TemporaryFile } from '../model/host.ts';
import { quote } from '../model/quote.ts';
import type { CommandOptions, EngineKind, Workspace } from './engine.ts';
import { engineKinds } from './engines/index.ts';
import { ownerLabel, pulledLabel, sweep } from './sweep.ts';

/** For commands that only ask or remove. */
const defaultTimeout = 120_000;

/**
 * The engine that was named, else the first that answers, swept of what an earlier run that was killed has left. It is closed
 * by the caller, and by the host when the process is ended before.
 * @throws FootingError `bad-usage`, `engine-unavailable` with what each said
 */
export async function openWorkspace(host: Host, name?: string, kinds: readonly EngineKind[] = engineKinds): Promise<Workspace> {
	const wanted = name === undefined ? kinds : kinds.filter((kind) => kind.name === name);
	if (wanted.length === 0) {
		const known = kinds.map((kind) => kind.name).join(' or ');
		throw new FootingError('bad-usage', `invalid --engine ${quote(name ?? '', 60)}: it is ${known}`);
	}
	const refused: string[] = [];
	for (const engine of wanted) {
		const found = await versionOf(host, engine);
		if ('version' in found) return workspace(host, engine, found.version);
		refused.push(`${engine.name}: ${found.refused}`);
	}
	throw new FootingError('engine-unavailable', `cannot use a container engine: ${refused.join('; ')}`);
}

async function versionOf(host: Host, engine: EngineKind): Promise<{ readonly version: string } | { readonly refused: string }> {
	try {
		const { exitCode, stdout, stderr } = await host.processes.run(engine.name, engine.version, { timeoutMs: 30_000 });
		if (exitCode === 0) return { version: stdout.trim() };
		return { refused: quote(stderr.trim().split('\n').at(-1) ?? '', 300) };
	} catch (error) {
		if (error instanceof FootingError && error.code === 'not-found') return { refused: 'there is no such program' };
		throw error;
	}
}

async function workspace(host: Host, engine: EngineKind, version: string): Promise<Workspace> {
	const open = new OpenWorkspace(host, engine, version, await engine.keepsStages(host));
	await open.sweepForeign();
	return open;
}

/** One process may have several, each with a mark of its own. */
let workspaces = 0;

class OpenWorkspace implements Workspace {
	readonly engine: EngineKind;
	readonly version: string;
	readonly keepsStages: boolean;
	readonly label: string;
	readonly attend?: (args: readonly string[]) => Promise<number>;
	readonly #host: Host;
	readonly #owner: string;
	readonly #running = new Set<Promise<unknown>>();
	readonly #forget: () => void;
	#closing: Promise<void> | undefined;

	constructor(host: Host, engine: EngineKind, version: string, keepsStages: boolean) {
		this.engine = engine;
		this.version = version;
		this.keepsStages = keepsStages;
		this.#owner = `${host.self.id}-${++workspaces}`;
		this.label = `${ownerLabel}=${this.#owner}`;
		const { attend } = host.processes;
		if (attend !== undefined) this.attend = (args) => attend(engine.name, args);
		this.#host = host;
		this.#forget = host.beforeEnd(() => this.close());
	}

	async run(args: readonly string[], options: CommandOptions = {}): Promise<ProcessResult> {
		if (this.#closing !== undefined)
			throw new FootingError('interrupted', `cannot run ${this.engine.name} any more: the run is being ended`);
		const running = this.#command(args, options);
		this.#running.add(running);
		try {
			return await running;
		} finally {
			this.#running.delete(running);
		}
	}

	clock(): number {
		return this.#host.now().getTime();
	}

	sleep(ms: number): Promise<void> {
		return this.#host.sleep(ms);
	}

	async file(text: string, beside?: { readonly file: TemporaryFile; readonly suffix: string }): Promise<TemporaryFile> {
		const file = await this.#host.disk.temporaryFile(beside);
		file.append(Buffer.from(text));
		return file;
	}

	async read({ path }: TemporaryFile): Promise<string> {
		return Buffer.from(await this.#host.disk.readFile(path, 64 * 1024)).toString('utf8');
	}

	async willPull(reference: string): Promise<void> {
		const changes = [this.label, `${pulledLabel}=${reference}`].flatMap((label) => ['--change', `LABEL ${label}`]);
		await this.run(['import', ...changes, '-'], { input: writeTar([]) });
	}

	/** What processes that have ended left behind; of one that cannot be seen from here nothing is known, so it is spared. */
	async sweepForeign(): Promise<void> {
		await this.#sweepForeign(true);
	}

	async #sweepForeign(patient: boolean): Promise<void> {
		await sweep(
			(args) => this.#command(args, {}),
			(owner) => this.#host.self.isAlive(owner) !== false,
			{ patient },
		);
	}

	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #close(): Promise<void> {
		// a command under way may still make something
		await Promise.allSettled(this.#running);
		await sweep(
			(args) => this.#command(args, {}),
			(owner) => owner !== this.#owner,
		);
		// what a killed process had set going may have come to its end only now
		await this.#sweepForeign(false);
		this.#forget();
	}

	/** Input goes through a file of ours: Podman opens /dev/stdin, which a pipe of Node.js, being a socket, does not let it do. */
	async #command(args: readonly string[], { input, ...options }: CommandOptions): Promise<ProcessResult> {
		const { processes, disk } = this.#host;
		const given = { timeoutMs: defaultTimeout, ...options };
		if (input === undefined) return processes.run(this.engine.name, args, given);
		const file = await disk.temporaryFile();
		try {
			file.append(typeof input === 'string' ? Buffer.from(input) : input);
			return await processes.run(this.engine.name, args, { ...given, inputFile: file.path });
		} finally {
			await file.close();
		}
	}
}
