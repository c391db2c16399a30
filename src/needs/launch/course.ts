import type { Identity } from '../../formats/access.ts';
import type { Accounts } from '../../formats/accounts.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Rootfs } from '../../model/rootfs.ts';

/** Where a program is started: what it sees and who it is. */
export interface Place {
	readonly rootfs: Rootfs;
	readonly env: readonly { readonly name: string; readonly value: string }[];
	/** Absolute. */
	readonly workingDir: string;
	readonly who: Identity;
	/** Users and groups before anything runs. */
	readonly accounts?: Accounts;
	/** Whether /etc/passwd has an entry for it; absent when that was not looked at. */
	readonly hasEntry?: boolean;
	/** Whether a file that is not there may be in the image all the same: not all of the application could be seen. */
	readonly mayBeThere: (path: string) => boolean;
	/** The same once a program has run whose effect is not known: a build step makes what it then calls. */
	readonly mayBeThereLater?: (path: string) => boolean;
	/** Whether an absolute path lies in a mount or root that decides by itself who may write: everybody or nobody. */
	readonly ground?: (path: string) => 'writable' | 'read-only' | undefined;
	/** Root may not become another user. */
	readonly fixedUser?: boolean;
	/** Programs that a package brings which the image's build installs. */
	readonly provided?: (name: string) => boolean;
}

/** A program that is certainly started on this course. */
export interface Started {
	/** What was opened to start it, scripts before their interpreters; see ProgramStep. */
	readonly path: string;
	readonly real: string;
	readonly argv: readonly string[];
	readonly env: Place['env'];
	readonly workingDir: string;
	readonly because: Evidence;
}

/** Why something cannot start or go on, in the words of who says it. */
export interface Failure {
	readonly message: string;
	/** The program, file or module that is not there or will not do. */
	readonly missing: string;
	readonly kind: 'program' | 'interpreter' | 'module' | 'permission' | 'format' | 'option' | 'user' | 'shell';
	/** Absolute paths where it would have been found. */
	readonly places: readonly string[];
	readonly because: Evidence;
}

export type Ending =
	/** A program that was found is what the container runs now. */
	| { readonly kind: 'runs' }
	/** The script came to its end; undefined: the status of a program that was found. */
	| { readonly kind: 'exits'; readonly status: number | undefined }
	| { readonly kind: 'fails'; readonly failure: Failure }
	| { readonly kind: 'unknown'; readonly why: string; readonly because?: Evidence };

/** One way the launch can go; more than one where a condition is not known. */
export interface Course {
	readonly started: readonly Started[];
	/** Failures that were printed and passed over: the script went on. */
	readonly stumbles: readonly Failure[];
	/** Failures in conditions: an answer there, and the reason when the script gives up after it. */
	readonly complaints?: readonly Failure[];
	/** What could not be told on the way and may matter. */
	readonly doubts: readonly string[];
	/** It changed files, variables or the directory, or started something besides the program at its end. */
	readonly effects: boolean;
	readonly ending: Ending;
	/** The words of the program at the end, as they were started. */
	readonly last?: readonly string[];
}

export const failing = (failure: Failure, started: readonly Started[] = []): Course => ({
	started,
	stumbles: [],
	doubts: [],
	effects: false,
	ending: { kind: 'fails', failure },
});

export const unknown = (why: string, started: readonly Started[] = [], because?: Evidence): Course => ({
	started,
	stumbles: [],
	doubts: [],
	effects: false,
	ending: { kind: 'unknown', why, ...(because === undefined ? {} : { because }) },
});

/** The program stays; nothing more is known of it. */
export const runs = (last: readonly string[]): Course => ({
	started: [],
	stumbles: [],
	doubts: [],
	effects: false,
	ending: { kind: 'runs' },
	last,
});

/** An interpreter that is given nothing to run reads standard input, which is empty, and ends. */
export const withoutProgram = (argv: readonly string[]): Course => ({
	...runs(argv),
	doubts: [`${argv.join(' ')} is given no program: without input it ends at once`],
});

/** Starts a program and says how it can go. `depth` counts programs that start programs. */
export type Start = (argv: readonly string[], place: Place, because: Evidence, depth: number) => Promise<readonly Course[]>;

/** Ways that are followed at once, and programs inside programs. More: unknown. */
export const maxCourses = 64;
export const maxStarts = 12;

/** Stands for a word or a part of one whose text is not known; no file has this name. */
export const unknownWord = '\u0000';
