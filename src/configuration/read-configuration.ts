import { readTree } from '../formats/yaml/read-tree.ts';
import type { Fault, Tree } from '../formats/yaml/tree.ts';
import type { Profile } from '../model/base.ts';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { checkTree } from './check-tree.ts';
import { fields } from './fields.ts';
import type { ValueOf } from './shape.ts';

/** footing.yaml, checked. What the file leaves out is absent or empty. */
export interface Configuration {
	readonly application: {
		readonly dockerfile?: string;
		readonly target?: string;
		/** Without a prototype: the names are the user's. */
		readonly buildArgs?: Readonly<Record<string, string>>;
		/** A command line for a shell, or a program with its arguments. */
		readonly test?: string | readonly string[];
	};
	readonly candidates: readonly { readonly reference: string; readonly because?: string }[];
	/** False: only the current base and `candidates` are tried. */
	readonly families: boolean;
	readonly mirrors: readonly { readonly from: string; readonly to: string }[];
	readonly profile: Partial<Profile>;
	/** Not looked at here. */
	readonly policy?: Tree;
}

export const noConfiguration: Configuration = { application: {}, candidates: [], families: true, mirrors: [], profile: {} };

/** At most this many faults are told at once. */
const told = 10;

/**
 * Reads the text of footing.yaml. `file` is its name in messages.
 * @throws FootingError `bad-footing-yaml` with line and column of every fault, `limit`
 */
export function readConfiguration(text: string, file = 'footing.yaml'): Configuration {
	const { tree, faults } = readTree(text, file);
	const found = [...faults];
	const value = tree === undefined ? undefined : (checkTree(tree, fields, 'the file', found) as ValueOf<typeof fields> | undefined);
	if (found.length > 0) throw invalid(found, file);
	return value === undefined ? noConfiguration : shaped(value);
}

function invalid(faults: readonly Fault[], file: string): FootingError {
	const ordered = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
	const lines = ordered.slice(0, told).map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`);
	const more = faults.length > told ? [`and ${faults.length - told} more`] : [];
	return new FootingError('bad-footing-yaml', `invalid ${quote(file)}: ${[...lines, ...more].join('; ')}`);
}

function shaped(value: ValueOf<typeof fields>): Configuration {
	const { application = {}, candidates = [], families = true, registries = {}, profile = {}, policy } = value;
	const { buildArgs, ...rest } = application;
	return {
		application: { ...rest, ...(buildArgs === undefined ? {} : { buildArgs: record(buildArgs) }) },
		candidates: candidates.map((one) =>
			typeof one === 'string' ? { reference: one } : { reference: one.reference ?? '', ...because(one.because) },
		),
		families,
		mirrors: [...(registries.mirrors ?? [])].map(([from, to]) => ({ from, to })),
		profile,
		...(policy === undefined ? {} : { policy: policy as Tree }),
	};
}

function because(text: string | undefined): { readonly because?: string } {
	return text === undefined ? {} : { because: text };
}

function record(table: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
	return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(table));
}
