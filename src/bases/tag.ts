/** A tag in the grammar of the official images: a version, then words for the variant, with dashes between. */
export interface Tag {
	/** `20`, `20.11.1`, `3.13.0rc1`, `21.0.4_7`; absent in `slim` or `latest`. */
	readonly version?: string;
	/** The rest, in order: `['bookworm', 'slim']`. */
	readonly words: readonly string[];
}

/** Splits a tag; a missing tag is `latest`. Temurin's `8u412-b08` is one version. */
export function readTag(tag: string | undefined): Tag {
	const words = (tag ?? 'latest').split('-');
	const [first = '', second = ''] = words;
	if (!/^\d/.test(first)) return { words };
	if (/^8u\d+$/.test(first) && /^b\d+$/.test(second)) return { version: `${first}-${second}`, words: words.slice(2) };
	return { version: first, words: words.slice(1) };
}

/** The first `count` numbers of a version: `leading('20.11.1', 1)` is `20`. Undefined when it has fewer. */
export function leading(version: string, count: number): string | undefined {
	const numbers = /^\d+(?:\.\d+)*/.exec(version)?.[0].split('.') ?? [];
	return numbers.length < count ? undefined : numbers.slice(0, count).join('.');
}

const debianReleases = new Map([
	['buster', '10'],
	['bullseye', '11'],
	['bookworm', '12'],
	['trixie', '13'],
	['forky', '14'],
]);

const ubuntuReleases = new Map([
	['bionic', '18.04'],
	['focal', '20.04'],
	['jammy', '22.04'],
	['noble', '24.04'],
	['resolute', '26.04'],
]);

/** The Debian codename among the words of a tag: `bookworm`. */
export function debianSuite(tag: Tag): string | undefined {
	return tag.words.find((word) => debianReleases.has(word));
}

export function ubuntuSuite(tag: Tag): string | undefined {
	return tag.words.find((word) => ubuntuReleases.has(word));
}

/** `bookworm` → `12`, and numbers as they are. */
export function debianRelease(suite: string): string | undefined {
	return debianReleases.get(suite) ?? (/^\d{1,2}(\.\d+)?$/.test(suite) ? suite.split('.')[0] : undefined);
}

/** The Alpine word of a tag: `alpine` or `alpine3.20`. */
export function alpineWord(tag: Tag): string | undefined {
	return tag.words.find((word) => /^alpine(\d|$)/.test(word));
}

/** Joins the parts of a tag that are there. */
export function joinTag(...parts: readonly (string | undefined)[]): string {
	return parts.filter((part) => part !== undefined && part !== '').join('-');
}
