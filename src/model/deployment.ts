import type { Evidence } from './evidence.ts';
import type { Launch } from './need.ts';
import type { Certainty } from './verdict.ts';

/**
 * One way in which the application's image is run, as a file beside the Dockerfile says: a service of Compose, a container of
 * a Kubernetes workload. What it leaves out is the image's. A text that is not known holds the character U+0000.
 */
export interface Deployment {
	readonly engine: 'compose' | 'kubernetes';
	/** For people: `service web`, `container app of Deployment shop`. */
	readonly name: string;
	/** `required`: it builds this Dockerfile; `likely`: its image has the name of one that does. */
	readonly certainty: Certainty;
	readonly because: Evidence;
	/** Instead of ENTRYPOINT; CMD goes with it. Empty: there is none. */
	readonly entrypoint?: Launch<readonly string[]>;
	/** Instead of CMD. */
	readonly command?: Launch<readonly string[]>;
	readonly user?: Launch<string>;
	readonly workingDir?: Launch<string>;
	readonly env: readonly Launch<{ readonly name: string; readonly value: string }>[];
	readonly programs: readonly Launch<DeployedProgram>[];
	readonly mounts: readonly Launch<Mount>[];
	/** Nothing but mounts can be written. */
	readonly readOnlyRoot?: Launch<true>;
	/** Root may not become another user: the capabilities SETUID or SETGID were dropped. */
	readonly fixedUser?: Launch<true>;
	/** The kubelet refuses a container that would run as root, or whose user is a name. */
	readonly nonRoot?: Launch<true>;
}

/** A program that is started in the running container. */
export interface DeployedProgram {
	readonly of: 'health check' | 'liveness probe' | 'readiness probe' | 'startup probe' | 'postStart hook' | 'preStop hook';
	/** `shell`: one text for the image's SHELL. */
	readonly form: 'exec' | 'shell';
	readonly argv: readonly string[];
}

/** Something that is put over a directory or file of the image. */
export interface Mount {
	/** Absolute and normal. */
	readonly at: string;
	/**
	 * What is seen there: the image's own files (a new volume of Docker is filled with them), nothing, files of the build context
	 * (`names` holds their paths in the container), or what nobody here can know.
	 */
	readonly content: 'image' | 'empty' | 'context' | 'unknown';
	readonly names?: ReadonlySet<string>;
	readonly writable: boolean;
	/**
	 * Who may write there besides root, as engines make it. `root`: a tmpfs is root's with the mode of the image's directory, 1777
	 * where there is none (runc); `image`: a new volume takes mode and owner of that directory, root's 0755 where there is none.
	 * Absent: not known here, or everybody.
	 */
	readonly owner?: 'root' | 'image';
}
