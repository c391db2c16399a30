import type { Candidate } from '../model/base.ts';
import type { Standing } from '../model/need.ts';

/** The user that the application would run as on a base, and whether that is root (uid 0). */
export async function runsAs({ config, combined }: Standing): Promise<NonNullable<Candidate['runsAs']>> {
	const user = config.user;
	const name = user.split(':')[0] ?? '';
	if (name === '' || /^0+$/.test(name)) return { user, root: 'holds' };
	if (/^\d{1,10}$/.test(name)) return { user, root: 'fails' };
	const uid = uidOf(name, (await combined.read('/etc/passwd')) ?? new Uint8Array());
	if (uid === undefined) return { user, root: 'unknown' };
	return { user, root: uid === 0 ? 'holds' : 'fails' };
}

/** passwd(5): name:password:uid:… */
function uidOf(name: string, passwd: Uint8Array): number | undefined {
	const line = new TextDecoder('latin1')
		.decode(passwd)
		.split('\n')
		.find((text) => text.startsWith(`${name}:`));
	const uid = line?.split(':')[2] ?? '';
	return /^\d{1,10}$/.test(uid) ? Number.parseInt(uid, 10) : undefined;
}
