import type { FleetEntry } from '../model/fleet.ts';
import type { Report } from '../model/report.ts';
import type { Configuration } from '../workflows/load-configuration.ts';
import type { Session } from '../workflows/session.ts';

export interface Flag {
	readonly type: 'string' | 'boolean';
	/** May be given several times. */
	readonly multiple?: true;
	readonly short?: string;
	/** What stands for the value in the help: `FILE`. */
	readonly value?: string;
	readonly help: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What the user wrote, by flag name; `--no-color` is `no-color`. */
export interface GivenFlags {
	text(name: string): string | undefined;
	texts(name: string): readonly string[];
	on(name: string): boolean;
}

export interface CommandInput {
	readonly session: Session;
	readonly args: readonly string[];
	readonly flags: GivenFlags;
	readonly configuration: Configuration;
}

export interface Outcome {
	readonly report: Report;
	/** 0 yes, 1 no. */
	readonly exitCode: 0 | 1;
}

/** Images one after the other, each printed as it is ready. */
export interface FleetOutcome {
	/** `whole`: with the whole report of each. */
	entries(whole: boolean): AsyncIterable<FleetEntry>;
}

/** One verb: flags → workflow → report and exit code. Its module is loaded only when it is called. */
export interface Command {
	readonly name: string;
	/** `IMAGE…` */
	readonly usage: string;
	/** How many arguments it takes. */
	readonly arity: { readonly min: number; readonly max: number };
	/** What its exit codes 0 and 1 mean. */
	readonly answers: string;
	readonly flags: Flags;
	readonly examples: readonly string[];
	run(input: CommandInput): Promise<Outcome>;
	/** Instead of `run`, where the command line asks for many images; undefined where it does not. */
	many?(input: CommandInput): Promise<FleetOutcome | undefined>;
}
