import type { Accounts, PasswdEntry } from '../../formats/accounts.ts';
import type { Application, Change, Standing } from '../../model/need.ts';
import { instructionAt, replaced } from './dockerfile-edits.ts';

/** `USER name` as numbers: those it has on the base of today, else a user that the new base keeps for this. */
export function numericUser(
	application: Application,
	standing: Standing,
	base: Accounts,
	current: Accounts | undefined,
): readonly Change[] {
	const said = application.launch.user;
	const instruction = instructionAt(application, said?.because.line);
	if (said === undefined || instruction === undefined) return [];
	const [name = '', group] = said.value.split(':');
	const known = current?.users.find((user) => user.name === name);
	const chosen = known ?? unprivileged(base);
	const uid = chosen?.uid ?? 65532;
	const gid = group === undefined ? (chosen?.gid ?? uid) : (current?.groups.find((g) => g.name === group)?.gid ?? chosen?.gid ?? uid);
	const because = known
		? `${name} is ${known.uid}:${known.gid} on ${standing.current?.reference ?? 'the base of today'}, and a number needs no entry in /etc/passwd`
		: chosen
			? `the base has the user ${chosen.name} for this`
			: 'a number needs no entry in /etc/passwd';
	return [{ what: `USER ${uid}:${gid} instead of ${said.value}`, because, edits: [replaced(instruction, `USER ${uid}:${gid}`)] }];
}

/** The user that a base brings for applications: `nonroot` of distroless, `node`, `bun`, `app`; service accounts are not it. */
export function unprivileged({ users }: Accounts): PasswdEntry | undefined {
	const usable = users.filter(({ uid, name }) => uid >= 1000 && name !== 'nobody' && uid !== 65534);
	return usable.find(({ name }) => name === 'nonroot') ?? usable[0];
}
