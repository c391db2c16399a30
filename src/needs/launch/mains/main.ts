import type { Evidence } from '../../../model/evidence.ts';
import type { Course, Place, Start } from '../course.ts';

/** A program that was found and is started. */
export interface Program {
	/** Its words; the first is the name it is called by. */
	readonly argv: readonly string[];
	/** The words before `#!` lines and `env`. */
	readonly asked: readonly string[];
	readonly path: string;
	readonly real: string;
	/** The scripts whose `#!` lines led to it, the one named first. */
	readonly scripts: readonly string[];
	readonly place: Place;
	readonly because: Evidence;
	readonly depth: number;
	readonly start: Start;
}

/** A program whose arguments say what happens next: an interpreter, a shell, an init, a package manager. */
export interface Main {
	answers(program: Program): boolean;
	follow(program: Program): Promise<readonly Course[]>;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
