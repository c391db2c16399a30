import type { Rootfs } from '../model/rootfs.ts';
import type { Identity } from './access.ts';

export interface PasswdEntry {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
	readonly home: string;
}

export interface GroupEntry {
	readonly name: string;
	readonly gid: number;
	readonly members: readonly string[];
}

/** /etc/passwd and /etc/group of an image (passwd(5), group(5)); broken lines are passed over as the engines do. */
export interface Accounts {
	readonly users: readonly PasswdEntry[];
	readonly groups: readonly GroupEntry[];
}

export const accountFiles = ['/etc/passwd', '/etc/group'] as const;
const maxLines = 100_000;

export async function readAccounts(rootfs: Rootfs): Promise<Accounts> {
	const [passwd, group] = await Promise.all(accountFiles.map((path) => linesOf(rootfs, path)));
	return {
		users: (passwd ?? []).flatMap(([name = '', , uid = '', gid = '', , home = '']) =>
			name !== '' && isId(uid) && isId(gid) ? [{ name, uid: Number.parseInt(uid, 10), gid: Number.parseInt(gid, 10), home }] : [],
		),
		groups: (group ?? []).flatMap(([name = '', , gid = '', members = '']) =>
			name !== '' && isId(gid) ? [{ name, gid: Number.parseInt(gid, 10), members: members.split(',').filter((m) => m !== '') }] : [],
		),
	};
}

async function linesOf(rootfs: Rootfs, path: string): Promise<readonly (readonly string[])[]> {
	const body = await rootfs.read(path).catch(() => undefined);
	if (body === undefined) return [];
	const lines = Buffer.from(body).toString('latin1').split('\n', maxLines);
	return lines.map((line) => line.trim().split(':'));
}

/** Decimal digits only, 0 … 2147483647 (the range that runc accepts). */
const isId = (text: string): boolean => /^\d{1,10}$/.test(text) && Number.parseInt(text, 10) <= 2_147_483_647;

export type Identified =
	| { readonly kind: 'known'; readonly identity: Identity; readonly home: string; readonly name?: string }
	/** What the engine says; `missing` is the name. */
	| { readonly kind: 'refused'; readonly message: string; readonly missing: string; readonly of: 'user' | 'group' | 'number' };

/**
 * Who `USER` means, as runc and containerd look it up: a name of /etc/passwd first, then a number, which needs no entry and
 * has group 0 when there is none. `owners` are the names given to `--chown`, by their negative number.
 */
export function identify(user: string, accounts: Accounts, owners: ReadonlyMap<number, string> = new Map()): Identified {
	const colon = user.indexOf(':');
	// nobody named is root, by its number
	const [name, group] = user === '' ? ['0', ''] : colon < 0 ? [user, ''] : [user.slice(0, colon), user.slice(colon + 1)];
	const entry =
		accounts.users.find((u) => u.name === name) ?? accounts.users.find((u) => isId(name) && u.uid === Number.parseInt(name, 10));
	if (name !== '' && entry === undefined && !isId(name))
		return /^-?\d+$/.test(name)
			? { kind: 'refused', of: 'number', missing: name, message: 'uids and gids must be in range 0-2147483647' }
			: { kind: 'refused', of: 'user', missing: name, message: `unable to find user ${name}: no matching entries in passwd file` };
	const uid = entry?.uid ?? (name === '' ? 0 : Number.parseInt(name, 10));
	const found = accounts.groups.find((g) => g.name === group);
	if (group !== '' && found === undefined && !isId(group))
		return /^-?\d+$/.test(group)
			? { kind: 'refused', of: 'number', missing: group, message: 'uids and gids must be in range 0-2147483647' }
			: { kind: 'refused', of: 'group', missing: group, message: `unable to find group ${group}: no matching entries in group file` };
	const gid = group === '' ? (entry?.gid ?? 0) : (found?.gid ?? Number.parseInt(group, 10));
	const supplementary = group === '' && entry ? accounts.groups.filter((g) => g.members.includes(entry.name)).map((g) => g.gid) : [];
	return {
		kind: 'known',
		identity: withOwners({ uid, gids: [gid, ...supplementary] }, accounts, owners),
		home: entry?.home || '/',
		...(entry === undefined ? {} : { name: entry.name }),
	};
}

/** The negative numbers that stand for names which are this user's or one of its groups. */
function withOwners(identity: Identity, accounts: Accounts, owners: ReadonlyMap<number, string>): Identity {
	if (owners.size === 0) return identity;
	const uids = [...owners].filter(([, name]) => accounts.users.some((u) => u.name === name && u.uid === identity.uid)).map(([id]) => id);
	const gids = [...owners]
		.filter(([, name]) => accounts.groups.some((g) => g.name === name && identity.gids.includes(g.gid)))
		.map(([id]) => id);
	return { ...identity, gids: [...identity.gids, ...gids], ...(uids.length === 0 ? {} : { aliases: uids }) };
}
