import { access, type Identity } from '../formats/access.ts';
import { identify, readAccounts } from '../formats/accounts.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** Whom the processes of a container run as; undefined where the engine would refuse the image's `USER`. */
export async function actorOf(rootfs: Rootfs, user: string): Promise<Identity | undefined> {
	const found = identify(user, await readAccounts(rootfs));
	return found.kind === 'known' ? found.identity : undefined;
}

/** Whether the rights let the actor start a file; one that is not known is not held back. */
export function mayStart(rootfs: Rootfs, path: string, actor: Identity | undefined): boolean {
	return actor === undefined || access(rootfs, path, actor, 'execute').answer === 'yes';
}
