import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Problem } from '../model/problem.ts';
import type { ElfFacts, JarFacts } from '../model/rootfs.ts';
import { stride } from './layer-records.ts';

/** What one name costs beside its text. */
const perEntry = stride * 8;

/**
 * Keeps the account of what reading one layer has to remember. Names, attributes and facts have to be remembered, so too
 * many of them end the reading; bodies can be read again, so they are just not kept.
 */
export class MemoryBudget {
	#remembered = 0;
	#kept = 0;
	#holes = 0;

	/** Bytes of names, attributes and facts so far. */
	get remembered(): number {
		return this.#remembered;
	}

	/** @throws FootingError `limit` */
	remember(bytes: number): void {
		this.#remembered += bytes;
		if (this.#remembered > limits.remembered) throw tooMuch('a layer');
	}

	entry(path: string, link: string): void {
		this.remember(perEntry + path.length + link.length);
	}

	problem(problem: Problem): void {
		this.remember(problem.where.length + problem.message.length);
	}

	/** Whether a body of this size may be kept. */
	keep(bytes: number): boolean {
		if (this.#kept + bytes > limits.keptBodies) return false;
		this.#kept += bytes;
		return true;
	}

	/** A sparse file whose holes are to be filled in. @throws FootingError `limit` */
	fill(bytes: number): void {
		this.#holes += bytes;
		if (this.#holes > limits.filledHoles)
			throw new FootingError('limit', `cannot read the layer: sparse files of more than ${limits.filledHoles} bytes to look into`);
	}
}

/** @throws FootingError `limit` when all layers together are too much to remember */
export function checkRemembered(bytes: number): void {
	if (bytes > limits.remembered) throw tooMuch('the image');
}

function tooMuch(what: string): FootingError {
	return new FootingError('limit', `cannot read ${what}: its names and facts take more than ${limits.remembered} bytes`);
}

/** About what the facts of an ELF file take. */
export function weightOf(facts: ElfFacts): number {
	const { symbols, built, needed, versionNeeds, versionDefinitions } = facts;
	const tables = symbols === undefined ? 0 : symbols.symbols.buffer.byteLength;
	const names = needed.length + versionDefinitions.length + versionNeeds.reduce((sum, need) => sum + 1 + need.versions.length, 0);
	const notes = (built?.go?.modules.length ?? 0) + (built?.rust?.length ?? 0);
	return tables + notes + names * 64;
}

/** About what the descriptions in a Java archive take. */
export function weightOfJar({ parts }: JarFacts): number {
	let weight = 0;
	for (const { inside, manifest, poms } of parts) {
		weight += 64 + inside.join('').length;
		for (const [name, value] of manifest) weight += name.length + value.length;
		for (const pom of poms) weight += pom.group.length + pom.artifact.length + pom.version.length + pom.file.length;
	}
	return weight;
}
