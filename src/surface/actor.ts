import type { Entry, Rootfs } from '../model/rootfs.ts';

/** Whom the processes of a container run as; undefined where the image does not say who its user is. */
export interface Actor {
	readonly uid: number;
	readonly gids: readonly number[];
}

export const accountFiles = ['/etc/passwd', '/etc/group'] as const;

/** The `USER` of an image: a name of /etc/passwd first, then a number (as runc looks it up); empty is root. */
export async function actorOf(rootfs: Rootfs, user: string): Promise<Actor | undefined> {
	const [name = '', group = ''] = user.split(':');
	const [passwd, groups] = await Promise.all(accountFiles.map((path) => linesOf(rootfs, path)));
	const entry = passwd?.find((line) => line[0] === name && name !== '') ?? passwd?.find((line) => line[2] === (idOf(name) ?? 0).toString());
	const uid = name === '' ? 0 : (idOf(entry?.[2] ?? '') ?? idOf(name));
	if (uid === undefined) return undefined;
	const gid = group === '' ? (idOf(entry?.[3] ?? '') ?? 0) : (idOf(groups?.find((line) => line[0] === group)?.[2] ?? '') ?? idOf(group));
	const further = group !== '' ? [] : (groups ?? []).filter((line) => entry !== undefined && line[3]?.split(',').includes(entry[0] ?? ''));
	return { uid, gids: [gid ?? 0, ...further.flatMap((line) => idOf(line[2] ?? '') ?? [])] };
}

function idOf(text: string): number | undefined {
	return /^\d{1,10}$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

const maxBytes = 1024 * 1024;

async function linesOf(rootfs: Rootfs, path: string): Promise<readonly (readonly string[])[]> {
	if ((rootfs.resolve(path)?.size ?? maxBytes + 1) > maxBytes) return [];
	const body = (await rootfs.read(path)) ?? new Uint8Array();
	return Buffer.from(body)
		.toString('latin1')
		.split('\n')
		.map((line) => line.trim().split(':'));
}

/** Whether the rights let the actor start a file: its own bits and those of the directories that it lies in. */
export function mayStart(rootfs: Rootfs, entry: Entry, actor: Actor | undefined): boolean {
	if (actor === undefined || actor.uid === 0) return true;
	if (!executable(entry, actor)) return false;
	for (let end = entry.path.lastIndexOf('/'); end > 0; end = entry.path.lastIndexOf('/', end - 1)) {
		const directory = rootfs.get(entry.path.slice(0, end));
		if (directory !== undefined && !executable(directory, actor)) return false;
	}
	return true;
}

function executable({ mode, uid, gid }: Entry, actor: Actor): boolean {
	if (actor.uid === uid) return (mode & 0o100) !== 0;
	return (mode & (actor.gids.includes(gid) ? 0o010 : 0o001)) !== 0;
}
