import { FootingError } from '../model/errors.ts';
import type { Healthcheck, ImageConfig } from '../model/image.ts';
import type { Platform } from '../model/platform.ts';
import type { Problem } from '../model/problem.ts';
import { quote } from '../model/quote.ts';
import { isDigest } from './digest.ts';
import {
	asObject,
	broken,
	canonicalNames,
	type DocumentKind,
	type JsonObject,
	listField,
	parseObject,
	textField,
	typeName,
} from './json-document.ts';

export interface ParsedConfig {
	readonly platform: Platform;
	readonly config: ImageConfig;
	/** Digests of the uncompressed layers, lowest first. */
	readonly diffIds: readonly string[];
	/** The instruction that made each layer; absent where the history does not say. */
	readonly createdBy: readonly (string | undefined)[];
	readonly problems: readonly Problem[];
}

const kind: DocumentKind = { what: 'the image configuration', code: 'bad-config' };
const where = 'image config';
const outerFields = ['created', 'author', 'architecture', 'os', 'os.version', 'variant', 'config', 'rootfs', 'history'];
const innerFields = [
	'User',
	'ExposedPorts',
	'Env',
	'Entrypoint',
	'Cmd',
	'Volumes',
	'WorkingDir',
	'Labels',
	'StopSignal',
	'Shell',
	'Healthcheck',
];

export const emptyConfig: ImageConfig = {
	user: '',
	entrypoint: [],
	command: [],
	env: [],
	workingDir: '',
	exposedPorts: [],
	volumes: [],
	labels: new Map(),
};

type Tell = (code: string, message: string) => void;

/**
 * OCI image specification, "Image Configuration", with Docker's additions. What decides how the image runs is checked
 * strictly; what only describes it becomes a problem and is left out.
 * @throws FootingError `bad-config`, `bad-digest`, `limit`
 */
export function parseConfig(bytes: Uint8Array): ParsedConfig {
	const problems: Problem[] = [];
	const tell: Tell = (code, message) => {
		problems.push({ code, where, message });
	};
	const outer = canonical(parseObject(bytes, kind), outerFields, tell);
	const runsWith = outer.get('config') ?? undefined;
	const inner = runsWith === undefined ? new Map<string, unknown>() : asObject(runsWith);
	if (inner === undefined) throw broken(kind, `config is ${typeName(runsWith)}, not an object`);
	const diffIds = parseDiffIds(outer);
	return {
		platform: parsePlatform(outer, tell),
		config: parseRunConfig(canonical(inner, innerFields, tell), outer, tell),
		diffIds,
		createdBy: parseHistory(outer, diffIds.length, tell),
		problems,
	};
}

function canonical(object: JsonObject, names: readonly string[], tell: Tell): JsonObject {
	const found = canonicalNames(object, names);
	for (const name of found.odd.slice(0, 20))
		tell('odd-config-field', `the field ${quote(name)} has an odd spelling; engines read it all the same`);
	return found.object;
}

function parseDiffIds(outer: JsonObject): readonly string[] {
	const rootfs = asObject(outer.get('rootfs'));
	if (rootfs === undefined) throw broken(kind, 'it has no rootfs');
	return listField(rootfs, 'diff_ids', kind).map((id) => {
		if (typeof id === 'string' && isDigest(id)) return id;
		const shown = typeof id === 'string' ? `"${quote(id)}"` : typeName(id);
		throw new FootingError('bad-digest', `cannot read ${kind.what}: ${shown} in diff_ids is not a digest`);
	});
}

function parsePlatform(outer: JsonObject, tell: Tell): Platform {
	const variant = textField(outer, 'variant', kind);
	const named = (name: string, otherwise: string): string => {
		const value = textField(outer, name, kind);
		if (value === '') tell('config-field', `${name} is missing`);
		return value === '' ? otherwise : value;
	};
	return { os: named('os', 'linux'), architecture: named('architecture', 'unknown'), ...(variant === '' ? {} : { variant }) };
}

function parseRunConfig(inner: JsonObject, outer: JsonObject, tell: Tell): ImageConfig {
	const stopSignal = textField(inner, 'StopSignal', kind);
	const shell = parseArguments(inner, 'Shell', tell);
	const healthcheck = parseHealthcheck(inner, tell);
	const created = parseCreated(outer, tell);
	return {
		user: textField(inner, 'User', kind),
		entrypoint: parseArguments(inner, 'Entrypoint', tell),
		command: parseArguments(inner, 'Cmd', tell),
		env: parseEnv(inner, tell),
		workingDir: textField(inner, 'WorkingDir', kind),
		exposedPorts: parseKeys(inner, 'ExposedPorts', tell),
		volumes: parseKeys(inner, 'Volumes', tell),
		labels: parseLabels(inner, tell),
		...(stopSignal === '' ? {} : { stopSignal }),
		...(shell.length === 0 ? {} : { shell }),
		...(healthcheck === undefined ? {} : { healthcheck }),
		...(created === undefined ? {} : { created }),
	};
}

/** Docker takes a text for a list of one (its `strslice`); others do not. */
function parseArguments(object: JsonObject, name: string, tell: Tell): readonly string[] {
	const value = object.get(name);
	if (typeof value === 'string') {
		tell('config-field', `${name} is a text, not a list; Docker takes it as one word`);
		return [value];
	}
	return listField(object, name, kind).map((word) => {
		if (typeof word !== 'string') throw broken(kind, `${name} holds ${typeName(word)}, not texts only`);
		return word;
	});
}

function parseEnv(inner: JsonObject, tell: Tell): ImageConfig['env'] {
	const env: { name: string; value: string }[] = [];
	for (const item of listField(inner, 'Env', kind)) {
		if (typeof item !== 'string') throw broken(kind, `Env holds ${typeName(item)}, not texts only`);
		const equals = item.indexOf('=');
		if (equals <= 0 || item.includes('\0')) tell('config-field', `Env: "${quote(item, 80)}" is not NAME=value; it is left out`);
		else env.push({ name: item.slice(0, equals), value: item.slice(equals + 1) });
	}
	return env;
}

function parseKeys(inner: JsonObject, name: string, tell: Tell): readonly string[] {
	const value = inner.get(name) ?? undefined;
	const object = value === undefined ? new Map<string, unknown>() : asObject(value);
	if (object === undefined) tell('config-field', `${name} is ${typeName(value)}, not an object; it is left out`);
	return [...(object?.keys() ?? [])];
}

function parseLabels(inner: JsonObject, tell: Tell): ReadonlyMap<string, string> {
	const value = inner.get('Labels') ?? undefined;
	const object = value === undefined ? new Map<string, unknown>() : asObject(value);
	if (object === undefined) tell('config-field', `Labels is ${typeName(value)}, not an object; they are left out`);
	const labels = new Map<string, string>();
	for (const [name, text] of object ?? []) {
		if (typeof text === 'string') labels.set(name, text);
		else tell('config-field', `the label "${quote(name, 80)}" is ${typeName(text)}, not a text; it is left out`);
	}
	return labels;
}

function parseHealthcheck(inner: JsonObject, tell: Tell): Healthcheck | undefined {
	const value = inner.get('Healthcheck') ?? undefined;
	if (value === undefined) return undefined;
	const object = asObject(value);
	if (object === undefined) throw broken(kind, `Healthcheck is ${typeName(value)}, not an object`);
	return { test: parseArguments(canonical(object, ['Test'], tell), 'Test', tell) };
}

const dateTime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

function parseCreated(outer: JsonObject, tell: Tell): string | undefined {
	const value = outer.get('created') ?? undefined;
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value))) return value;
	tell('config-field', `created is ${typeof value === 'string' ? `"${quote(value, 80)}"` : typeName(value)}, not a date; it is left out`);
	return undefined;
}

/** Entries of the history with `empty_layer` made no layer; the others belong to the layers in order. */
function parseHistory(outer: JsonObject, layers: number, tell: Tell): readonly (string | undefined)[] {
	const value = outer.get('history') ?? [];
	const steps = Array.isArray(value) ? value.map(asObject) : [];
	const made = steps.filter((step) => step?.get('empty_layer') !== true);
	if (steps.length === 0 || made.length !== layers || steps.includes(undefined)) {
		if (steps.length > 0 || !Array.isArray(value)) tell('config-field', 'history does not tell which instruction made which layer');
		return new Array<undefined>(layers).fill(undefined);
	}
	return made.map((step) => {
		const by = step?.get('created_by');
		return typeof by === 'string' && by !== '' ? by : undefined;
	});
}
