import type { Candidate } from '../model/base.ts';
import type { Rootfs } from '../model/rootfs.ts';
import { actorOf } from '../surface/actor.ts';

/** Whether the user of an image is root (uid 0) there; unknown where the engine would not find it. */
export async function runsAs(rootfs: Rootfs, user: string): Promise<NonNullable<Candidate['runsAs']>> {
	const actor = await actorOf(rootfs, user);
	return { user, root: actor === undefined ? 'unknown' : actor.uid === 0 ? 'holds' : 'fails' };
}
