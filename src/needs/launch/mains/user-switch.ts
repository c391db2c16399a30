import { identify, readAccounts } from '../../../formats/accounts.ts';
import { type Course, failing, unknown } from '../course.ts';
import { baseName, type Main } from './main.ts';

/** `gosu USER PROGRAM`, `su-exec USER PROGRAM`, `setpriv` with other options is not followed. */
export const userSwitch: Main = {
	answers: ({ argv }) => /^(gosu|su-exec)$/.test(baseName(argv[0] ?? '')),
	async follow({ argv, place, because, depth, start }): Promise<readonly Course[]> {
		const [name = '', user, ...inner] = argv;
		if (user === undefined || inner.length === 0) return [unknown(`${name} is given no program`)];
		const found = identify(user, await readAccounts(place.rootfs));
		if (found.kind === 'refused') {
			if (place.mayBeThere('/etc/passwd')) return [unknown(`the user ${user} may be made while the image is built`, [], because)];
			const message = `${baseName(name) === 'gosu' ? `error: failed switching to "${user}": ` : 'su-exec: '}${found.message}`;
			return [failing({ kind: 'user', message, missing: found.missing, places: ['/etc/passwd'], because })];
		}
		if ((place.who.uid !== 0 || place.fixedUser === true) && place.who.uid !== found.identity.uid)
			return [
				failing({
					kind: 'user',
					message: `${baseName(name) === 'gosu' ? `error: failed switching to "${user}"` : 'su-exec: setgroups'}: operation not permitted`,
					missing: user,
					places: [],
					because,
				}),
			];
		const home = { name: 'HOME', value: found.home };
		const env = [...place.env.filter((variable) => variable.name !== 'HOME'), home];
		return start(inner, { ...place, env, who: found.identity, hasEntry: found.name !== undefined }, because, depth + 1);
	},
};
