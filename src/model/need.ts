import type { Deployment } from './deployment.ts';
import type { Evidence } from './evidence.ts';
import type { ImageConfig } from './image.ts';
import type { Problem } from './problem.ts';
import type { Rootfs } from './rootfs.ts';
import type { Certainty, Verdict } from './verdict.ts';

/** An instruction of the final stage that changes how the container starts, with its place in the Dockerfile. */
export interface Launch<T> {
	readonly value: T;
	readonly because: Evidence;
}

/**
 * What the application itself says about how it starts; what it leaves out is inherited from the base
 * (Dockerfile reference: setting ENTRYPOINT empties an inherited CMD). `form: 'shell'` values are already
 * wrapped (`['/bin/sh', '-c', command]`). `${NAME}` left in `env`, `user` and `workingDir` is a variable of the base,
 * put in by `applyLaunch`.
 */
export interface LaunchPlan {
	readonly entrypoint?: Launch<{ readonly form: 'exec' | 'shell'; readonly argv: readonly string[] }>;
	readonly command?: Launch<{ readonly form: 'exec' | 'shell'; readonly argv: readonly string[] }>;
	readonly healthcheck?: Launch<{ readonly form: 'exec' | 'shell' | 'none'; readonly argv: readonly string[] }>;
	readonly user?: Launch<string>;
	readonly workingDir?: Launch<string>;
	readonly shell?: Launch<readonly string[]>;
	readonly stopSignal?: Launch<string>;
	readonly env: readonly Launch<{ readonly name: string; readonly value: string }>[];
	readonly exposedPorts: readonly Launch<string>[];
	readonly volumes: readonly Launch<string>[];
	/** RUN of the final stage: needs a shell at build time on the candidate. */
	readonly runs: readonly Launch<RunStep>[];
}

export interface RunStep {
	readonly form: 'exec' | 'shell';
	/** The command; of a heredoc its content. */
	readonly text: string;
	/** What is executed: of the shell form with the shell before it. */
	readonly argv?: readonly string[];
	/** Where and as whom, when that was said before it. */
	readonly workingDir?: string;
	readonly user?: string;
	/** How many of the application's unseen parts were left before it. */
	readonly unseenBefore?: number;
	/** Values of ARG that hold there, besides the environment. */
	readonly arguments?: ReadonlyMap<string, string>;
}

/** Something of the application that could not be seen. `where` is the absolute path in the image at and below which it may lie. */
export interface Unseen extends Problem {
	/** Names of packages that it is known to bring all the same (a lock file says so). */
	readonly brings?: readonly string[];
}

/** The application apart from its base. */
export interface Application {
	readonly name: string;
	readonly origin: 'directory' | 'image';
	/** The directory or image reference, as the user wrote it. */
	readonly reference: string;
	/** Dockerfile path relative to the directory. */
	readonly dockerfile?: { readonly path: string; readonly text: string };
	/** The base it stands on today, after ARG substitution; absent when an ARG without default decides. */
	readonly currentBase?: { readonly reference: string; readonly because: Evidence };
	/** What it adds on top of the base, at the places where it would lie in the image. */
	readonly files: Rootfs;
	readonly launch: LaunchPlan;
	/** `--chown=name`: entries whose uid or gid is a key here (negative) belong to the user or group of that name. */
	readonly ownerNames?: ReadonlyMap<number, string>;
	/**
	 * What could not be seen (a RUN that installs, a COPY from a stage that was not built): answers that depend on it are `unknown`.
	 * `where` is the absolute path in the image at and below which something may be missing here.
	 */
	readonly unseen: readonly Unseen[];
	/** How files beside the Dockerfile run its image; absent when there are none. */
	readonly deployments?: readonly Deployment[];
}

/** Something the application cannot run without. `data` belongs to its kind alone. */
export interface Need<D = unknown> {
	/** The member of needs/kinds that found it and that checks it: `launch`, `linking`, `user`. */
	readonly kind: string;
	/** For people: `a shell for the start command`. */
	readonly what: string;
	readonly certainty: Certainty;
	readonly because: readonly Evidence[];
	readonly data: D;
	/** It is one of the application as this deployment runs it, and is checked there. */
	readonly under?: { readonly application: Application; readonly deployment: Deployment };
}

/** The application standing on a candidate base. */
export interface Standing {
	readonly reference: string;
	/** The base alone. */
	readonly base: Rootfs;
	/** The base with the application's files on top. */
	readonly combined: Rootfs;
	readonly baseConfig: ImageConfig;
	/** The base's configuration with the application's instructions applied. */
	readonly config: ImageConfig;
	/** It is run as this says, by a file beside the Dockerfile. */
	readonly deployment?: Deployment;
	/** The base the application stands on today, when it could be opened: where missing files can be copied from. */
	readonly current?: { readonly reference: string; readonly base: Rootfs };
}

/** A change that would turn a failing need into one that holds. */
export interface Change {
	readonly what: string;
	readonly because: string;
	/** A unified diff of the Dockerfile. */
	readonly patch?: string;
	/** Edits from which one patch for all changes is made. */
	readonly edits?: readonly DockerfileEdit[];
	/** It rearranges the file, its FROM line included: made first, the others are found again after it. */
	readonly alone?: boolean;
}

/** Lines counted from 1; `end` inclusive. `insert-before-final-from` and `append` ignore the lines. */
export interface DockerfileEdit {
	readonly kind: 'replace' | 'insert-after' | 'insert-before';
	readonly line: number;
	readonly endLine?: number;
	readonly text: string;
}

/** The answer to one need on one base. */
export interface Check {
	readonly need: Need;
	readonly answer: Verdict;
	/** What meets it (file, package, symbol), or the message that the user would have seen, or what would settle it. */
	readonly because: readonly Evidence[];
	/** For `fails`: the essential part of the message of the loader, runtime or engine. */
	readonly message?: string;
	readonly hint?: string;
	/** Present when a failing need can be mended in the Dockerfile. */
	readonly changes?: readonly Change[];
	/** Nothing but another base mends it: this one lacks the runtime that the application is written for. */
	readonly onlyElsewhere?: true;
}

export type FitAnswer = 'runs' | 'runs-with-changes' | 'breaks' | 'unknown';

export interface Fit {
	readonly reference: string;
	readonly answer: FitAnswer;
	readonly checks: readonly Check[];
	readonly changes: readonly Change[];
	/** One unified diff with all changes. */
	readonly patch?: string;
	/** The Dockerfile as the patch makes it. */
	readonly dockerfile?: string;
}
