/** Major, minor, patch, and what stands behind `-`. */
export interface Version {
	readonly numbers: readonly [major: number, minor: number, patch: number];
	readonly prerelease: readonly string[];
}

interface Comparator {
	readonly operator: '<' | '<=' | '>' | '>=' | '=';
	readonly version: Version;
}

/** Semantic Versioning 2.0.0, with a `v` before it and without its build metadata; undefined when it is not one. */
export function parseVersion(text: string): Version | undefined {
	const match = /^[v=\s]*(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,200}))?(?:\+[0-9A-Za-z.-]{0,200})?$/.exec(text.trim());
	if (match === null) return undefined;
	return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], prerelease: match[4]?.split('.') ?? [] };
}

/** Order of two versions: negative, 0 or positive (Semantic Versioning 2.0.0, 11). */
export function compareVersions(a: Version, b: Version): number {
	for (let i = 0; i < 3; i += 1) if (a.numbers[i] !== b.numbers[i]) return (a.numbers[i] as number) - (b.numbers[i] as number);
	if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
	for (let i = 0; i < Math.max(a.prerelease.length, b.prerelease.length); i += 1) {
		const [x, y] = [a.prerelease[i], b.prerelease[i]];
		if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
		if (x === y) continue;
		const [nx, ny] = [/^\d+$/.test(x), /^\d+$/.test(y)];
		if (nx && ny) return Number(x) - Number(y);
		return nx !== ny ? (nx ? -1 : 1) : x < y ? -1 : 1;
	}
	return 0;
}

/**
 * Whether a version is in a range as npm writes them (node-semver, "Ranges"): comparators, `^`, `~`, `x`, `1 - 2`, `||`.
 * Prereleases are ordered like all others. Undefined when the range cannot be read.
 */
export function satisfies(version: Version, range: string): boolean | undefined {
	if (range.length > 1000) return undefined;
	const sets = range.split('||').map(comparators);
	if (sets.includes(undefined)) return undefined;
	return sets.some((set) => set?.every((comparator) => holds(comparator, version)));
}

function holds({ operator, version }: Comparator, candidate: Version): boolean {
	const order = compareVersions(candidate, version);
	return operator === '='
		? order === 0
		: operator.startsWith('<')
			? order < 0 || (order === 0 && operator === '<=')
			: order > 0 || (order === 0 && operator === '>=');
}

function comparators(text: string): readonly Comparator[] | undefined {
	const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(text);
	if (hyphen !== null) return joined([bounds('>=', hyphen[1] ?? ''), bounds('<=', hyphen[2] ?? '')]);
	const parts = text
		.replace(/(<=|>=|<|>|=|\^|~>|~)\s+/g, '$1')
		.split(/[\s,]+/)
		.filter((part) => part !== '');
	return joined(
		parts.map((part) => {
			const [, operator = '', rest = ''] = /^(<=|>=|<|>|=|\^|~>|~)?(.*)$/.exec(part) ?? [];
			return bounds(operator, rest);
		}),
	);
}

function joined(sets: readonly (readonly Comparator[] | undefined)[]): readonly Comparator[] | undefined {
	return sets.includes(undefined) ? undefined : sets.flatMap((set) => set ?? []);
}

type Numbers = readonly [number, number, number];
const at = (operator: Comparator['operator'], numbers: Numbers, prerelease: readonly string[] = []): Comparator => ({
	operator,
	version: { numbers, prerelease },
});
/** Below every prerelease of a version. */
const below = (numbers: Numbers): Comparator => at('<', numbers, ['0']);

/** A version that may leave parts out (`1`, `1.x`), with its operator, as comparators. */
function bounds(operator: string, text: string): readonly Comparator[] | undefined {
	const match = /^[v=]*([\dxX*]{1,9})(?:\.([\dxX*]{1,9}))?(?:\.([\dxX*]{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/.exec(
		text === '' || text === 'latest' ? '*' : text,
	);
	if (match === null) return undefined;
	const parts: number[] = [];
	for (const part of match.slice(1, 4)) {
		if (part === undefined || !/^\d+$/.test(part)) break;
		parts.push(Number(part));
	}
	const [major = 0, minor = 0, patch = 0] = parts;
	const lower: Numbers = [major, minor, patch];
	const prerelease = parts.length === 3 ? (match[4]?.split('.') ?? []) : [];
	if (parts.length === 0) return operator === '<' || operator === '>' ? [below([0, 0, 0])] : [];
	const next: Numbers = parts.length === 1 ? [major + 1, 0, 0] : parts.length === 2 ? [major, minor + 1, 0] : [major, minor, patch];
	switch (operator) {
		case '^':
			return [at('>=', lower, prerelease), below(caretEnd(major, minor, patch, parts.length))];
		case '~':
		case '~>':
			return [at('>=', lower, prerelease), below(parts.length === 1 ? [major + 1, 0, 0] : [major, minor + 1, 0])];
		case '>':
			return parts.length === 3 ? [at('>', lower, prerelease)] : [at('>=', next)];
		case '>=':
			return [at('>=', lower, prerelease)];
		case '<':
			return [parts.length === 3 ? at('<', lower, prerelease) : below(lower)];
		case '<=':
			return [parts.length === 3 ? at('<=', lower, prerelease) : below(next)];
		default:
			return parts.length === 3 ? [at('=', lower, prerelease)] : [at('>=', lower), below(next)];
	}
}

function caretEnd(major: number, minor: number, patch: number, known: number): Numbers {
	if (major > 0 || known === 1) return [major + 1, 0, 0];
	return minor > 0 || known === 2 ? [0, minor + 1, 0] : [0, 0, patch + 1];
}
