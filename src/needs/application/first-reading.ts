import type { Application } from '../../model/need.ts';

const before = new WeakMap<Application, Application>();

/** The application as it was read first, of one that was read again with an edited Dockerfile: most of its files are the same. */
export function firstReading(application: Application): Application {
	return before.get(application) ?? application;
}

export function noteFirstReading(again: Application, earlier: Application): void {
	before.set(again, firstReading(earlier));
}
