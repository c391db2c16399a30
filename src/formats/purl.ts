/** https://github.com/package-url/purl-spec (ECMA-427); components as they are, not encoded. */
export interface PurlParts {
	readonly type: string;
	/** Segments separated by `/`. */
	readonly namespace?: string | undefined;
	readonly name: string;
	readonly version?: string | undefined;
	/** Pairs without a value are left out. */
	readonly qualifiers?: Readonly<Record<string, string | undefined>>;
	readonly subpath?: string | undefined;
}

/** The canonical text of a package URL: each component percent-encoded, qualifiers sorted by key. */
export function formatPurl(parts: PurlParts): string {
	const namespace = segments(parts.namespace ?? '')
		.map(encode)
		.join('/');
	const qualifiers = Object.entries(parts.qualifiers ?? {})
		.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
		.map(([key, value]) => `${key.toLowerCase()}=${encode(value)}`)
		.sort();
	const subpath = segments(parts.subpath ?? '')
		.filter((s) => s !== '.' && s !== '..')
		.map(encode)
		.join('/');
	return [
		`pkg:${parts.type.toLowerCase()}/`,
		namespace === '' ? '' : `${namespace}/`,
		encode(parts.name),
		parts.version === undefined || parts.version === '' ? '' : `@${encode(parts.version)}`,
		qualifiers.length === 0 ? '' : `?${qualifiers.join('&')}`,
		subpath === '' ? '' : `#${subpath}`,
	].join('');
}

function segments(path: string): string[] {
	return path.split('/').filter((s) => s !== '');
}

/** "Character encoding": alphanumeric, punctuation `.-_~` and the colon stay, all else is percent-encoded UTF-8. */
function encode(text: string): string {
	return encodeURIComponent(text.toWellFormed())
		.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%3A', ':');
}
