import type { ImageName } from './image-name.ts';

/** What is known of the application itself, beside or instead of its current base. */
export interface RuntimeHints {
	/** What it runs on: `node`, `python`, `java`, `ruby`, `php`, `dotnet`, `nginx`; as the families name themselves. */
	readonly runtime?: string;
	/** The runtime's version as far as the application says: `20`, `3.11`. */
	readonly version?: string;
	/** It brings its own program: true when that is statically linked, false when it needs a loader, undefined when there is none. */
	readonly staticBinary?: boolean;
	/** Of the programs and libraries that it brings. */
	readonly libc?: 'glibc' | 'musl' | 'unknown';
	/** The profile wants a shell: `:debug` variants become worth trying. */
	readonly shellWanted?: boolean;
}

/** A reference worth trying, with the reason shown to the user. */
export interface Offer {
	readonly reference: string;
	readonly because: string;
}

/** What a family is asked for; made by `recognise` or `imagine`, read by `offers`. */
export interface Wanted {
	/** In numbers, as the tag or the application writes it or as a moving tag meant it; absent when nothing says. */
	readonly version?: string;
	/** What the tags of the official images begin with: `20.11.1`, `lts`, or nothing where the current tag has no version. */
	readonly stem?: string;
	/** Where the official images are read from today: `''`, `registry.example:5000/library/`. */
	readonly officialPrefix: string;
	/** Words of the current tag and repository that narrow the offer: `bookworm`, `fpm`, `jdk`. */
	readonly words: readonly string[];
	readonly hints: RuntimeHints;
}

/**
 * The images of one runtime or kind of base, whoever publishes them. It knows names and tag grammars only, never contents:
 * whether the application runs on an offer is for the fit to say. An offer keeps the version that the application stands on;
 * where a publisher has no such version, there is no offer.
 */
export interface BaseFamily {
	readonly family: string;
	/** Undefined when the current base is not one of this family's images. */
	recognise(current: ImageName, hints: RuntimeHints): Wanted | undefined;
	/** What to try when only the needs are known. Undefined when they are not for this family. */
	imagine(hints: RuntimeHints): Wanted | undefined;
	/** Smallest first as far as names tell; the current reference itself may be among them. */
	offers(wanted: Wanted): readonly Offer[];
}
