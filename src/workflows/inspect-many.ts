import type { KnownBase } from '../bases/identify-base.ts';
import type { FleetEntry } from '../model/fleet.ts';
import { failureEntry, type Lanes, openLanes } from './fleet-lane.ts';
import { entryOf, readEntry } from './fleet-worker.ts';
import { openBases } from './open-base.ts';
import type { Session } from './session.ts';
import { lookUp } from './tell-image.ts';

/** Images that are worked on ahead of the one that is given out next; what is ready early waits in memory, a whole report with a megabyte. */
const ahead = { brief: 32, whole: 8 } as const;
/** Documents of so many images are fetched at a time. */
const lookingAtOnce = 4;

export interface ManyOptions {
	/** Images that they may stand on. */
	readonly bases?: readonly string[];
	/** Give the whole report of each, not only its counts. */
	readonly whole?: boolean;
}

/**
 * Many images, given out in the order of the list as they are ready. An image that cannot be had or read is an entry that says
 * why. What was told of an image before is not found out again, which is also how a run that was ended goes on: each image is
 * kept when it is done, and each layer when it is read.
 * @throws FootingError when a base cannot be had
 */
export async function* inspectMany(session: Session, references: readonly string[], options: ManyOptions = {}): AsyncGenerator<FleetEntry> {
	const named = await openBases(session, options.bases ?? []);
	const whole = options.whole ?? false;
	const lanes = session.host.cores > 1 ? openLanes(session, named, whole) : undefined;
	const turn = turns(lookingAtOnce);
	const started: Promise<FleetEntry>[] = [];
	try {
		for (let next = 0; next < references.length; next += 1) {
			while (started.length < Math.min(references.length, next + (whole ? ahead.whole : ahead.brief)))
				started.push(entryFor(session, references[started.length] as string, { named, whole, lanes, turn }));
			yield await (started[next] as Promise<FleetEntry>);
			// what was given out is nobody's to hold
			delete started[next];
			session.host.progress?.(`inspected ${next + 1} of ${references.length} images`);
		}
	} finally {
		await lanes?.stop();
	}
}

interface How {
	readonly named: readonly KnownBase[];
	readonly whole: boolean;
	readonly lanes: Lanes | undefined;
	readonly turn: <T>(run: () => Promise<T>) => Promise<T>;
}

async function entryFor(session: Session, reference: string, { named, whole, lanes, turn }: How): Promise<FleetEntry> {
	try {
		if (lanes === undefined) return await turn(() => readEntry(session, reference, named, whole));
		const { known, layers } = await turn(() => lookUp(session, reference, named));
		return known === undefined ? await lanes.read({ reference, layers }) : entryOf(reference, known, whole);
	} catch (error) {
		return failureEntry(reference, error);
	}
}

/** At most so many at a time, in order. */
function turns(most: number): How['turn'] {
	let free = most;
	const waiting: (() => void)[] = [];
	return async (run) => {
		if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
		else free -= 1;
		try {
			return await run();
		} finally {
			const next = waiting.shift();
			if (next === undefined) free += 1;
			else next();
		}
	};
}
