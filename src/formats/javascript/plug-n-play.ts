/** One package that Yarn's Plug'n'Play can load. */
export interface PnpPackage {
	readonly name: string;
	/** As Yarn writes it: `npm:4.17.21`, `workspace:packages/a`, `patch:…`. */
	readonly reference: string;
	/** Directory, relative to that of the file; one inside an archive goes on behind `.zip/`. */
	readonly location: string;
}

const maxPackages = 200_000;

/**
 * The table of packages of `.pnp.cjs`, `.pnp.js` or `.pnp.data.json` (https://yarnpkg.com/advanced/pnp-spec, "packageRegistryData"). Packages
 * that were made for one dependent (`virtual:`) are left out: each is there as itself too. A text says why it cannot be read.
 */
export function readPnp(text: string): readonly PnpPackage[] | string {
	const data = dataOf(text);
	const registry = typeof data === 'object' && data !== null && 'packageRegistryData' in data ? data.packageRegistryData : undefined;
	if (!Array.isArray(registry)) return 'it has no table of packages as Yarn 2 and newer write it';
	const found: PnpPackage[] = [];
	for (const [name, versions] of pairs(registry))
		for (const [reference, facts] of pairs(versions)) {
			const location = typeof facts === 'object' && facts !== null && 'packageLocation' in facts ? facts.packageLocation : undefined;
			if (typeof name !== 'string' || typeof reference !== 'string' || typeof location !== 'string') continue;
			if (!reference.startsWith('virtual:') && found.length < maxPackages) found.push({ name, reference, location });
		}
	return found;
}

function pairs(value: unknown): readonly (readonly [unknown, unknown])[] {
	if (!Array.isArray(value)) return [];
	return value.filter((one): one is readonly [unknown, unknown] => Array.isArray(one) && one.length === 2);
}

function dataOf(text: string): unknown {
	if (/^\s*\{/.test(text)) return parsed(text);
	const literal = text.indexOf(literalStart);
	if (literal !== -1) return parsed(singleQuoted(text, literal + literalStart.length));
	const call = text.indexOf(callStart);
	return call === -1 ? undefined : parsed(balanced(text, call + callStart.length - 1));
}

/** Since Yarn 3.3 the data is a text that is parsed, before that an object in the program. */
const literalStart = "RAW_RUNTIME_STATE =\n'";
const callStart = 'return hydrateRuntimeState({';

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What a JavaScript text in single quotes means whose only escapes are of quotes, backslashes and ends of lines. */
function singleQuoted(text: string, start: number): string {
	const parts: string[] = [];
	let from = start;
	for (let at = start; at < text.length; at += 1) {
		const char = text[at];
		if (char === "'") {
			parts.push(text.slice(from, at));
			return parts.join('');
		}
		if (char !== '\\') continue;
		parts.push(text.slice(from, at));
		at += 1;
		from = text[at] === '\n' ? at + 1 : at;
	}
	return '';
}

/** The object that opens at `start`, to the brace that closes it. */
function balanced(text: string, start: number): string {
	let depth = 0;
	let inText = false;
	for (let at = start; at < text.length; at += 1) {
		const char = text[at];
		if (inText) {
			if (char === '\\') at += 1;
			else if (char === '"') inText = false;
		} else if (char === '"') inText = true;
		else if (char === '{') depth += 1;
		else if (char === '}') {
			depth -= 1;
			if (depth === 0) return text.slice(start, at + 1);
		}
	}
	return '';
}

/** The version in a reference; empty when it has none (an archive by its address, a commit). */
export function versionInReference(reference: string): string {
	const bound = /::(?:[^&]*&)*?version=([^&]+)/.exec(reference)?.[1];
	if (bound !== undefined) return decoded(bound);
	return /^npm:([^@:#]+)/.exec(reference)?.[1] ?? '';
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
