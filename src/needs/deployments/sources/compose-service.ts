import { fieldAt, fieldsOf, isTrue, itemsOf, textOf } from '../../../formats/yaml/fields.ts';
import type { Tree } from '../../../formats/yaml/tree.ts';
import type { DeployedProgram, Deployment } from '../../../model/deployment.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Launch } from '../../../model/need.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { unknownWord } from '../../launch/course.ts';
import { mayNotSwitch } from '../capabilities.ts';
import type { DeployedSubject, Document } from '../deployment-source.ts';
import { commandWords, interpolated } from '../words.ts';
import { serviceMounts } from './compose-mounts.ts';

interface Service {
	readonly name: string;
	readonly tree: Tree;
	readonly fields: ReadonlyMap<string, Tree>;
}

/** A service as it would be run (Compose Specification, 05-services). */
export function readService(
	{ name, tree, fields }: Service,
	certainty: Certainty,
	{ path }: Document,
	subject: DeployedSubject,
): Deployment {
	const said = <T>(at: Tree, value: T, shows: string): Launch<T> => ({ value, because: evidence(path, at, shows) });
	const one = <K extends string, T>(key: K, field: string, read: (at: Tree) => T | undefined): { readonly [P in K]?: Launch<T> } => {
		const at = fields.get(field);
		const value = at === undefined ? undefined : read(at);
		if (at === undefined || value === undefined) return {};
		return { [key]: said(at, value, `${field}: ${shown(at)}`) } as { readonly [P in K]?: Launch<T> };
	};
	return {
		engine: 'compose',
		name: `service ${name}`,
		certainty,
		because: evidence(path, tree, `service ${name}`),
		...one('entrypoint', 'entrypoint', commandOf),
		...one('command', 'command', commandOf),
		...one('user', 'user', (at) => known(textOf(at))),
		...one('workingDir', 'working_dir', (at) => known(textOf(at))),
		...one('readOnlyRoot', 'read_only', (at) => (isTrue(at) ? (true as const) : undefined)),
		...fixedUser(fields, said),
		env: environment(fields.get('environment')).map(({ at, ...pair }) => said(at, pair, `environment: ${pair.name}`)),
		programs: healthcheck(fields.get('healthcheck')).map(({ at, ...program }) => said(at, program, `healthcheck: ${shown(at)}`)),
		mounts: serviceMounts(fields, subject).map(({ from, ...mount }) => said(from, mount, `mounted at ${mount.at}`)),
	};
}

const evidence = (path: string, at: Tree, shows: string): Evidence => ({ path, line: at.line, shows: shows.slice(0, 120) });

const known = (text: string | undefined): string | undefined => {
	const value = text === undefined ? undefined : interpolated(text);
	return value === undefined || value === '' || value.includes(unknownWord) ? undefined : value;
};

function shown(at: Tree): string {
	return at.kind === 'scalar' ? at.text : JSON.stringify(itemsOf(at).map((item) => textOf(item) ?? ''));
}

/** Null is the image's own; an empty one takes it away. */
function commandOf(at: Tree): readonly string[] | undefined {
	if (at.kind === 'list') return at.items.map((item) => interpolated(textOf(item) ?? ''));
	const text = textOf(at);
	return text === undefined ? undefined : commandWords(interpolated(text));
}

/** `NAME: value`, `- NAME=value`; without a value it is that of whoever runs it. */
function environment(tree: Tree | undefined): readonly { readonly name: string; readonly value: string; readonly at: Tree }[] {
	const pairs = tree?.kind === 'list' ? tree.items.map((item) => splitPair(textOf(item) ?? '', item)) : mapped(tree);
	return pairs.filter(({ name }) => name !== '').map(({ name, value, at }) => ({ name, value: interpolated(value ?? '$X'), at }));
}

type Pair = { readonly name: string; readonly value: string | undefined; readonly at: Tree };

const mapped = (tree: Tree | undefined): readonly Pair[] => [...fieldsOf(tree)].map(([name, at]) => ({ name, value: textOf(at), at }));

function splitPair(text: string, at: Tree): Pair {
	const equals = text.indexOf('=');
	return equals < 0 ? { name: text, value: undefined, at } : { name: text.slice(0, equals), value: text.slice(equals + 1), at };
}

/** `test` of the health check; a text is one for the shell. */
function healthcheck(tree: Tree | undefined): readonly (DeployedProgram & { readonly at: Tree })[] {
	const at = fieldAt(tree, 'test');
	if (at === undefined || isTrue(fieldAt(tree, 'disable'))) return [];
	const of = 'health check';
	if (at.kind !== 'list') return textOf(at) === undefined ? [] : [{ of, form: 'shell', argv: [interpolated(textOf(at) ?? '')], at }];
	const [form, ...argv] = at.items.map((item) => interpolated(textOf(item) ?? ''));
	if (argv.length === 0 || (form !== 'CMD' && form !== 'CMD-SHELL')) return [];
	return [{ of, form: form === 'CMD' ? 'exec' : 'shell', argv, at }];
}

/** Docker's own set has both; `cap_add` is heard after `cap_drop`. */
function fixedUser(
	fields: ReadonlyMap<string, Tree>,
	said: <T>(at: Tree, value: T, shows: string) => Launch<T>,
): Pick<Deployment, 'fixedUser'> {
	const at = fields.get('cap_drop');
	const names = (list: Tree | undefined): readonly string[] => itemsOf(list).map((item) => textOf(item) ?? '');
	return at !== undefined && mayNotSwitch(names(at), names(fields.get('cap_add')))
		? { fixedUser: said(at, true as const, `cap_drop: ${shown(at)}`) }
		: {};
}
