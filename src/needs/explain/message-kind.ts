import type { Evidence } from '../../model/evidence.ts';
import type { Application, Standing } from '../../model/need.ts';
import type { Verdict } from '../../model/verdict.ts';

/** The image that a message came from: its own application standing on all of it. */
export interface Scene {
	readonly application: Application;
	readonly standing: Standing;
}

/** Something that a message can come from, and whether it is so in the image. */
export interface Cause {
	readonly what: string;
	/** `holds`: this is so there; `fails`: it is not; `unknown`: no image was given, or its files do not tell. */
	readonly answer: Verdict;
	readonly because: readonly Evidence[];
	/** What to do about it. */
	readonly hint?: string;
}

/** What one line of a message says. */
export interface Reading {
	/** What it means wherever it is read. */
	readonly what: string;
	/** What it can come from, when there is no image to look at; `certain` when the message itself says so. */
	readonly possible: readonly (Pick<Cause, 'what' | 'hint'> & { readonly certain?: true })[];
	/** What of it is so in this image. */
	look(scene: Scene): Promise<readonly Cause[]>;
}

/** One kind of message, told by the words that engines, loaders, shells and runtimes have for it. */
export interface MessageKind {
	readonly kind: string;
	/** Examples, and what is looked at in the image: Markdown for its page. */
	readonly seen: string;
	readonly looks: string;
	/** Undefined: the line says something else. A line is at most 2000 characters. */
	read(line: string): Reading | undefined;
}

export const holds = (what: string, because: readonly Evidence[], hint?: string): Cause => ({
	what,
	answer: 'holds',
	because,
	...(hint === undefined ? {} : { hint }),
});
export const isNot = (what: string, because: readonly Evidence[] = []): Cause => ({ what, answer: 'fails', because });
export const open = (what: string, because: readonly Evidence[] = [], hint?: string): Cause => ({
	what,
	answer: 'unknown',
	because,
	...(hint === undefined ? {} : { hint }),
});
