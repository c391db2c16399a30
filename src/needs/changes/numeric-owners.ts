import type { Accounts } from '../../formats/accounts.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import type { Application, Change } from '../../model/need.ts';
import { replaced } from './dockerfile-edits.ts';
import { unprivileged } from './numeric-user.ts';

/** `--chown=name` as numbers: those it has on the base of today, else those of the user that the new base keeps for this. */
export function numericOwners(application: Application, owner: string, base: Accounts, current: Accounts | undefined): readonly Change[] {
	const text = application.dockerfile?.text;
	const stage = text === undefined ? undefined : parseDockerfile(text).stages.at(-1);
	const own = current?.users.find(({ name }) => name === owner);
	const group = current?.groups.find(({ name }) => name === owner);
	const chosen = own ?? unprivileged(base);
	const [uid, gid] = [chosen?.uid ?? 65532, own?.gid ?? group?.gid ?? chosen?.gid ?? 65532];
	const edits = (stage?.instructions ?? []).flatMap((instruction) => {
		const chown = instruction.flags.find(({ name }) => name === 'chown');
		const parts = chown?.value.split(':') ?? [];
		if (!parts.includes(owner) || instruction.heredocs.length > 0) return [];
		const value =
			parts.length === 1 ? `${uid}:${gid}` : parts.map((part, i) => (part === owner ? String(i === 0 ? uid : gid) : part)).join(':');
		const flags = instruction.flags
			.map((flag) => `--${flag.name}${flag === chown ? `=${value}` : flag.value === '' ? '' : `=${flag.value}`} `)
			.join('');
		return [replaced(instruction, `${instruction.keyword} ${flags}${instruction.text}`)];
	});
	const because = own ? `${owner} is ${uid}:${gid} on the base of today` : 'numbers need no entry in /etc/passwd';
	return edits.length === 0 ? [] : [{ what: `--chown=${uid}:${gid} instead of ${owner}`, because, edits }];
}
