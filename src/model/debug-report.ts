import type { ReportHead } from './report.ts';

/** A toolbox beside a container that has no shell. */
export interface DebugReport extends ReportHead<'debug'> {
	/** The container, or `NAMESPACE/POD/CONTAINER`, as the user wrote it. */
	readonly target: string;
	readonly engine?: { readonly name: string; readonly version: string };
	/** Of the container; absent for Kubernetes. */
	readonly state?: {
		readonly running: boolean;
		readonly exitCode: number;
		readonly outOfMemory: boolean;
		readonly error: string;
		readonly log: string;
	};
	/** Where the target's root is seen from the toolbox. */
	readonly root: string;
	/** Whom the toolbox ran as; empty is root. */
	readonly user: string;
	/** What was run in the toolbox and not in a terminal. */
	readonly ran?: { readonly command: readonly string[]; readonly exitCode: number; readonly output: string };
	/** Commands and files with which the same is had in Kubernetes. */
	readonly kubernetes?: { readonly command: readonly string[]; readonly custom: string };
}
