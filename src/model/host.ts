import type { Secret } from './secret.ts';

export interface FileStat {
	readonly type: 'file' | 'directory' | 'symlink' | 'other';
	/** What `other` is, when it is known. */
	readonly special?: 'fifo' | 'socket' | 'character-device' | 'block-device';
	readonly size: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Device and inode: the identity of a file with several names. */
	readonly identity: string;
	readonly links: number;
	/** Time of the last change, milliseconds since 1970. */
	readonly modifiedMs: number;
}

/** An open local file. */
export interface OpenFile {
	readonly size: number;
	/** Reads up to `length` bytes at `position`, into the start of `into` when it is given; shorter only at the end. */
	read(position: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
	close(): Promise<void>;
}

/** A file of ours for bytes that have to be read in any order: private, and gone when it is closed or the process ends. */
export interface TemporaryFile {
	readonly path: string;
	/** Appends; written when it returns, so that `chunk` may be used again. @throws FootingError `temporary-file` */
	append(chunk: Uint8Array): void;
	/** Removes it; safe to call more than once. */
	close(): Promise<void>;
}

/**
 * The local disk. Paths are strings with stray bytes as surrogateescape (see model/rootfs.ts). Nothing follows a link
 * unless it says so.
 */
export interface Disk {
	/** Regular files only (a fifo or device is refused without being opened); links followed only with `follow`. */
	open(path: string, options?: { readonly follow?: boolean }): Promise<OpenFile>;
	/** @throws FootingError `limit` when larger */
	readFile(path: string, limit: number, options?: { readonly follow?: boolean }): Promise<Uint8Array>;
	/** lstat; undefined when there is nothing. */
	stat(path: string, options?: { readonly follow?: boolean }): Promise<FileStat | undefined>;
	readLink(path: string): Promise<string>;
	/** Names, unsorted. */
	list(directory: string): Promise<readonly string[]>;
	/** Writes a result file that the user asked for (`--output`, `--write`). */
	writeFile(path: string, text: string): Promise<void>;
	/** The same piece by piece, for a result that is longer than what should be held. */
	writePieces(path: string, pieces: AsyncIterable<string>): Promise<void>;
	/**
	 * In a directory of ours (0700) below the system's one for such files. With `beside` it lies there under the name of that
	 * one and a suffix, as programs look for it.
	 */
	temporaryFile(beside?: { readonly file: TemporaryFile; readonly suffix: string }): Promise<TemporaryFile>;
}

export interface HttpRequest {
	readonly method: 'GET' | 'HEAD' | 'POST';
	/** http or https; with `socketPath` the host part is ignored. */
	readonly url: string;
	readonly headers?: Readonly<Record<string, string | Secret>>;
	readonly body?: string;
	/** Talk to this Unix socket instead. */
	readonly socketPath?: string;
	/** Milliseconds without a byte before it is given up. */
	readonly idleTimeoutMs?: number;
	readonly signal?: AbortSignal;
}

/** One answer of a server; redirects are not followed, content is not decoded. */
export interface HttpResponse {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: ReadonlyMap<string, string>;
	readonly body: AsyncIterable<Uint8Array>;
	/** Gives up the body. */
	cancel(): Promise<void>;
}

export interface Network {
	/** Honours proxy variables and NODE_EXTRA_CA_CERTS/SSL_CERT_FILE. @throws FootingError `network` */
	request(request: HttpRequest): Promise<HttpResponse>;
}

export interface ProcessResult {
	readonly exitCode: number;
	/** UTF-8; cut at `maxOutput` bytes. */
	readonly stdout: string;
	readonly stderr: string;
	/** It was ended because `timeoutMs` had passed. */
	readonly timedOut?: boolean;
}

export interface Processes {
	/**
	 * Runs a program without a shell; output is bounded by `maxOutput` bytes each (default 1 MiB). An exit code is a value;
	 * ended by signal N, it is 128 + N. `inputFile` is what it reads from in the place of a pipe, for programs that open
	 * /dev/stdin. @throws FootingError `not-found` when there is no such program
	 */
	run(
		program: string,
		args: readonly string[],
		options?: {
			readonly input?: string | Uint8Array;
			readonly inputFile?: string;
			readonly timeoutMs?: number;
			readonly maxOutput?: number;
		},
	): Promise<ProcessResult>;
	/** Gives the terminal to a program until it ends; its exit code. Absent: there is no terminal. */
	readonly attend?: (program: string, args: readonly string[]) => Promise<number>;
}

/** Results kept between runs. Keys are any text; a result that is not there, or no longer whole, is undefined. */
export interface Cache {
	get(key: string): Promise<Uint8Array | undefined>;
	/** Never throws: what cannot be kept is computed again. */
	put(key: string, bytes: Uint8Array): Promise<void>;
}

/** Files for the user to read when something went wrong; the oldest go when there are many. */
export interface Logs {
	/** The path of the file; undefined when it could not be written, which is no failure. */
	keep(name: string, text: string): Promise<string | undefined>;
}

/** A worker thread that runs one of our own modules. */
export interface WorkerPort {
	post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
	onMessage(listener: (message: unknown) => void): void;
	onFailure(listener: (error: Error) => void): void;
	stop(): Promise<void>;
}

/** Who we are, for marks on what has to be cleaned up after us. */
export interface Self {
	/** Letters, digits, `.` and `-`. */
	readonly id: string;
	/** Whether the process that an id names still runs; undefined when that cannot be told from here. */
	isAlive(id: string): boolean | undefined;
}

/** Everything outside the process. Passed in, so that all else can be tested with values. */
export interface Host {
	readonly disk: Disk;
	readonly network: Network;
	readonly processes: Processes;
	readonly env: Readonly<Record<string, string | undefined>>;
	now(): Date;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** Processors that may be used. */
	readonly cores: number;
	/** `module` is the file URL of a module of ours. */
	startWorker(module: URL): WorkerPort;
	/** Absent: nothing is kept. */
	readonly cache?: Cache;
	/** Which build of Footing this is: what follows from its code is kept for it alone. Absent: unknown. */
	readonly build?: string;
	readonly self: Self;
	/** Runs before the process ends early (a signal, `--timeout`); the function returned takes it back. */
	beforeEnd(run: () => void | Promise<void>): () => void;
	/** What the user pipes in. Absent: there is nothing but a terminal. */
	readonly input?: () => AsyncIterable<Uint8Array>;
	/** Where what other programs said is kept for the user. Absent: nowhere. */
	readonly logs?: Logs;
	/** Talk for the user; never results. A line takes the place of the one before unless that `stays`. Absent: quiet. */
	readonly progress?: (line: string, options?: { readonly stays?: boolean }) => void;
}
