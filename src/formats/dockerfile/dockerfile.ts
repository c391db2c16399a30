/** A Dockerfile as written: `pieces` joined give the text again; all else points into them. Lines count from 1. */
export interface Dockerfile {
	readonly text: string;
	readonly pieces: readonly Piece[];
	readonly directives: Directives;
	readonly instructions: readonly Instruction[];
	/** ARG before the first FROM: seen by FROM lines, and by stages that name them again. */
	readonly globalArgs: readonly Instruction[];
	readonly stages: readonly Stage[];
}

/** A run of whole lines, line ends included. */
export interface Piece {
	readonly kind: 'directive' | 'comment' | 'blank' | 'instruction';
	readonly line: number;
	readonly endLine: number;
	readonly raw: string;
}

/** Parser directives (`# syntax=…` in the first lines). A syntax is told, never fetched. */
export interface Directives {
	readonly syntax?: string;
	readonly escape: '\\' | '`';
	readonly check?: string;
}

export interface Instruction {
	/** Upper case: `FROM`, `COPY`. */
	readonly keyword: string;
	readonly line: number;
	readonly endLine: number;
	/** `--name=value` before the arguments; a flag without value has the value `''`. */
	readonly flags: readonly Flag[];
	/** Arguments after keyword and flags, continuations joined, comments and blank lines inside left out. Not substituted. */
	readonly text: string;
	/** The arguments when they are a JSON array of strings and the instruction has an exec form. */
	readonly json?: readonly string[];
	readonly heredocs: readonly Heredoc[];
	/** ONBUILD only. */
	readonly trigger?: Instruction;
}

export interface Flag {
	readonly name: string;
	readonly value: string;
}

export interface Heredoc {
	readonly name: string;
	/** `<<-`: leading tabs are dropped. */
	readonly chomp: boolean;
	/** The name was not quoted: variables in the content are substituted. */
	readonly expand: boolean;
	/** File descriptor before `<<`, normally absent. */
	readonly descriptor?: number;
	/** Lines between, tabs dropped already when `chomp`. */
	readonly content: string;
}

export interface Stage {
	readonly index: number;
	/** Lower case, after AS. */
	readonly name?: string;
	readonly from: Instruction;
	/** As written, with variables. */
	readonly base: string;
	readonly platform?: string;
	/** After FROM. */
	readonly instructions: readonly Instruction[];
}
