import type { RuntimeHints, Wanted } from './family.ts';
import type { ImageName } from './image-name.ts';
import { readTag } from './tag.ts';

/** Words that name a moving release instead of a version, and the version each meant when the table was made. */
export type MovingTags = ReadonlyMap<string, string>;

/**
 * What a tag in the grammar of the official images asks for. A moving tag (`lts`, `latest`) stays in the stem, so that its
 * variants move with it, and gives the version that it meant. A digest without a tag says nothing: only the hints can.
 */
export function wantedByTag(current: ImageName, hints: RuntimeHints, moving: MovingTags): Wanted {
	const tag = readTag(current.tag);
	const tagged = current.tag !== undefined || current.digest === undefined;
	const name = tag.words.find((word) => word !== 'latest' && moving.has(word));
	const meant = moving.get(name ?? 'latest');
	const version = tag.version ?? (tagged ? meant : undefined) ?? hints.version;
	const stem = tag.version ?? (tagged ? (name ?? '') : hints.version);
	return {
		...(version === undefined ? {} : { version }),
		...(stem === undefined ? {} : { stem }),
		officialPrefix: current.prefix,
		words: tag.words.filter((word) => word !== name && word !== 'latest'),
		hints,
	};
}

/** For an image of another publisher, whose name or tag says the version: the official ones are then read from Docker Hub. */
export function wantedVersion(version: string | undefined, hints: RuntimeHints, words: readonly string[] = []): Wanted {
	const known = version ?? hints.version;
	return { ...(known === undefined ? {} : { version: known, stem: known }), officialPrefix: '', words, hints };
}

/** For a runtime that only the needs ask for. */
export function wantedByNeeds(runtime: string, hints: RuntimeHints): Wanted | undefined {
	return hints.runtime === runtime ? wantedVersion(undefined, hints) : undefined;
}
