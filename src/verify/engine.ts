import type { Host, ProcessResult, TemporaryFile } from '../model/host.ts';

/** One kind of container engine, driven by its command line. Both kinds understand the same commands but for what is here. */
export interface EngineKind {
	/** As in `--engine`; also its program on PATH. */
	readonly name: string;
	/** Arguments of a command that succeeds only when the engine can be used, and that prints its version. */
	readonly version: readonly string[];
	/**
	 * Whether its builder keeps the images of all stages and steps: then each stage is labelled, so that they can be found
	 * and removed. BuildKit keeps a cache of its own and no images.
	 */
	keepsStages(host: Host): Promise<boolean>;
	/** Flags of its build command that make an image with all that a Dockerfile says. */
	readonly buildFlags: readonly string[];
	/** `start` ends with 126 or 127 when the program cannot be started; else only `run` does. */
	readonly startTells: boolean;
	/** Flags of its build command that name the ignore file of one Dockerfile; absent: it is looked for beside the Dockerfile. */
	readonly ignoreFlags?: (path: string) => readonly string[];
	/** A command that runs the image's health check once; absent when the engine does so itself. */
	readonly checkHealth?: (container: string) => readonly string[];
}

export interface CommandOptions {
	readonly input?: string | Uint8Array;
	readonly timeoutMs?: number;
	readonly maxOutput?: number;
}

/** An engine in use. Everything made through it carries `labels`; `close` removes what carries them. */
export interface Workspace {
	readonly engine: EngineKind;
	readonly version: string;
	readonly keepsStages: boolean;
	/** `NAME=VALUE` of the label that marks what is ours. */
	readonly label: string;
	/** Milliseconds. */
	clock(): number;
	sleep(ms: number): Promise<void>;
	/** A file of ours for a command of the engine, closed by the caller; see Disk.temporaryFile. */
	file(text: string, beside?: { readonly file: TemporaryFile; readonly suffix: string }): Promise<TemporaryFile>;
	/** What is in it now. */
	read(file: TemporaryFile): Promise<string>;
	/** Runs a command of the engine; an exit code is a value. @throws FootingError `interrupted` after the close */
	run(args: readonly string[], options?: CommandOptions): Promise<ProcessResult>;
	/** Gives the terminal to a command of the engine; absent where there is no terminal. */
	readonly attend?: (args: readonly string[]) => Promise<number>;
	/** Leaves a mark in the engine that an image, which is not there yet, is pulled for us: it is removed at the close, or after a kill. */
	willPull(reference: string): Promise<void>;
	/** Removes every container and image that was made here; safe to call more than once. */
	close(): Promise<void>;
}
