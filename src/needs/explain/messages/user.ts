import { identify } from '../../../formats/accounts.ts';
import { accountsOf } from '../../launch/place.ts';
import { holds, isNot, type MessageKind } from '../message-kind.ts';

const forms: readonly RegExp[] = [
	/unable to find (?:user|group) ([^\s:]{1,100}): no matching entries/,
	/no users? found.{0,20}user ([^\s:]{1,100})/,
	/getpwuid\(\): uid not found: (\d{1,10})/,
	/getpwnam\("?([^\s")]{1,100})"?\) failed/,
	/(?:user|User):? ['"]?([\w-]{1,64})['"]? does not exist/,
	/unknown userid (\d{1,10})/,
	/chown: (?:invalid user|unknown user\/group):? ['‘]?([\w:.-]{1,100})/,
];

/** /etc/passwd or /etc/group has no such entry. */
export const user: MessageKind = {
	kind: 'user',
	seen: '`unable to find user node: no matching entries in passwd file`',
	looks: '`/etc/passwd` and `/etc/group`',
	read(line) {
		const name = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (name === undefined) return undefined;
		const number = /^\d+$/.test(name);
		const hint = number
			? 'add a line to /etc/passwd (COPY a passwd file), or let the program do without the name of its user'
			: 'write the number in USER (USER 1000:1000): a number needs no entry; or make the user in the image';
		return {
			what: `${number ? `the number ${name}` : `the name ${name}`} is looked for in /etc/passwd or /etc/group of the image, and is not there`,
			possible: [{ what: `the base has no ${number ? 'entry for the user' : 'user or group'} ${name}`, hint, certain: true }],
			look: async ({ standing: { combined } }) => {
				const accounts = await accountsOf(combined);
				const entry =
					accounts.users.find((one) => one.name === name || String(one.uid) === name) ?? accounts.groups.find((one) => one.name === name);
				const has = accounts.users
					.slice(0, 40)
					.map((one) => one.name)
					.join(', ');
				const who = identify(name, accounts);
				if (entry !== undefined)
					return [
						isNot(`${name} is not in the image`, [
							{ path: '/etc/passwd', shows: `has ${entry.name}${who.kind === 'known' ? `: ${who.identity.uid}` : ''}` },
						]),
					];
				return [
					holds(
						`${name} is not in the image`,
						[{ path: '/etc/passwd', shows: has === '' ? 'is not there or is empty' : `has ${has}` }],
						hint,
					),
				];
			},
		};
	},
};
