import { endOfLifeOf } from '../bases/end-of-life.ts';
import type { EndOfLife } from '../model/base.ts';
import type { Item } from '../model/surface.ts';
import type { Session } from './session.ts';
import type { Study } from './study-image.ts';

interface Versioned {
	readonly name: string;
	readonly version: string;
}

/** End of life of the distribution and of every runtime whose version was found. */
export function lifetimes(
	today: Date,
	system: Parameters<typeof endOfLifeOf>[0],
	packages: readonly Versioned[],
	interpreters: readonly Item[],
): readonly EndOfLife[] {
	// a runtime that a package owns lives as long as its package; its own dates count for one that no package knows
	const programs = interpreters.flatMap(({ name, version, package: owner }) =>
		version === undefined || owner !== undefined ? [] : [{ name, version }],
	);
	return endOfLifeOf(system, [...packages.map(({ name, version }) => ({ name, version })), ...programs], today);
}

export function lifetimesOf({ today }: Session, { inventory, measurement }: Study): readonly EndOfLife[] {
	return lifetimes(today, inventory.system, inventory.packages, measurement.surface.interpreters.items ?? []);
}
