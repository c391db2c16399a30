/** How an application is really built, run and tested. */
export interface ProofRequest {
	/** `docker` or `podman`; the first that answers unless said. */
	readonly engine?: string;
	/** How the application is tested: a command line, or a program with its arguments. */
	readonly test?: string | readonly string[];
	/** Run the tests in a container of this image, beside the application and with its network. */
	readonly testFrom?: string;
	/** Further flags of `docker run` and of `docker build`. */
	readonly runFlags?: readonly string[];
	readonly buildFlags?: readonly string[];
	readonly readOnly?: boolean;
	/** Without the changes that the static proof asks for. */
	readonly asIs?: boolean;
	/** What is asked for over HTTP, `/` unless said. */
	readonly path?: string;
	/** A text in the output that says that it is ready. */
	readonly logLine?: string;
	/** What takes so many times as long as on the current base is told (default 3). */
	readonly slowerThan?: number;
	/** An image with a shell and tools, instead of this machine's BusyBox. */
	readonly toolbox?: string;
	/** Find everything out anew, also what an earlier run has found out. */
	readonly fresh?: boolean;
	/** Milliseconds for it to become ready (default 30 s), for its tests (5 min) and for a build (15 min). */
	readonly waitMs?: number;
	readonly testMs?: number;
	readonly buildMs?: number;
}
