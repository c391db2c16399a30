import type { KnownBase } from '../bases/identify-base.ts';
import type { FleetEntry } from '../model/fleet.ts';
import type { Disk, Host } from '../model/host.ts';
import { schemaVersion } from '../model/report.ts';
import { briefOf } from './brief.ts';
import { failureEntry } from './fleet-lane.ts';
import type { ToldImage } from './kept-report.ts';
import type { Session } from './session.ts';
import { tellImage } from './tell-image.ts';

/** To a thread that reads images. */
export interface FleetRequest {
	readonly reference: string;
	readonly session: Omit<Session, 'host'>;
	readonly named: readonly KnownBase[];
	/** The whole report too. */
	readonly whole: boolean;
}

/** What the thread calls with each request; it answers each with one entry. */
export function serve(_disk: Disk, host: () => Promise<Host>): (request: unknown) => Promise<FleetEntry> {
	let here: Promise<Host> | undefined;
	return async (request) => {
		here ??= host();
		const { reference, session, named, whole } = request as FleetRequest;
		return readEntry({ ...session, host: await here }, reference, named, whole);
	};
}

export async function readEntry(session: Session, reference: string, named: readonly KnownBase[], whole: boolean): Promise<FleetEntry> {
	try {
		return entryOf(reference, await tellImage(session, reference, named), whole);
	} catch (error) {
		return failureEntry(reference, error);
	}
}

export function entryOf(reference: string, { report, packages, problems }: ToldImage, whole: boolean): FleetEntry {
	const brief = briefOf(report);
	if (!whole) return { reference, brief };
	return { reference, brief, report: JSON.stringify({ schemaVersion, kind: 'inspect', ...report, packages, problems }) };
}
