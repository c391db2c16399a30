import { type Identity, root } from '../../formats/access.ts';
import { type Accounts, type Identified, identify, readAccounts } from '../../formats/accounts.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { Application, Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { withMadeUsers } from '../application/made-users.ts';
import { unseenAt } from '../application/unseen.ts';
import { groundAt } from '../deployments/read-only.ts';
import type { Place } from './course.ts';
import { providedPrograms } from './provided.ts';

const known = new WeakMap<Rootfs, Promise<Accounts>>();

/** Users and groups of a root file system, read once. */
export function accountsOf(rootfs: Rootfs): Promise<Accounts> {
	const accounts = known.get(rootfs) ?? readAccounts(rootfs);
	known.set(rootfs, accounts);
	return accounts;
}

export interface Settled {
	readonly place: Place;
	/** Who `USER` is; the place has root when the engine would refuse it. */
	readonly user: Identified;
}

/** Where the container of an application that stands on a base starts: its variables, directory and user. */
export async function placeOf(application: Application, standing: Standing, config: ImageConfig = standing.config): Promise<Settled> {
	const { combined } = standing;
	const given = await accountsOf(combined);
	const accounts = withMadeUsers(given, application.launch.runs);
	const user = identify(config.user, accounts, application.ownerNames);
	const home = user.kind === 'known' ? user.home : '/';
	const env = config.env.some(({ name }) => name === 'HOME') ? config.env : [...config.env, { name: 'HOME', value: home }];
	const provided = providedPrograms(application.launch.runs, combined);
	return {
		user,
		place: {
			rootfs: combined,
			env,
			workingDir: config.workingDir === '' ? '/' : config.workingDir,
			who: user.kind === 'known' ? user.identity : root,
			accounts: given,
			...(user.kind === 'known' ? { hasEntry: user.name !== undefined } : {}),
			...confinement(standing, config, user.kind === 'known' ? user.identity : root),
			mayBeThere: (path) => unseenAt(application.unseen, path) !== undefined,
			provided: (name) => provided.has(name.slice(name.lastIndexOf('/') + 1)),
		},
	};
}

/** What a file beside the Dockerfile takes away where it runs the image. */
function confinement({ deployment, combined }: Standing, config: ImageConfig, who: Identity): Pick<Place, 'ground' | 'fixedUser'> {
	if (deployment === undefined) return {};
	return {
		ground: (path) => {
			const ground = groundAt(deployment, config.volumes, realPath(combined, path));
			if (ground.writable === false) return 'read-only';
			// what is known of its directory decides for others than root
			const asDirectory =
				ground.kind === 'mount' && ground.owner !== undefined && who.uid !== 0 && combined.resolve(ground.at) !== undefined;
			return ground.kind === 'root' || asDirectory ? undefined : 'writable';
		},
		...(deployment.fixedUser === undefined ? {} : { fixedUser: true }),
	};
}

/** Links in the directories above followed, as far as they are there. */
export function realPath(rootfs: Rootfs, path: string): string {
	for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
		const entry = rootfs.resolve(path.slice(0, end));
		if (entry !== undefined) return `${entry.path === '/' ? '' : entry.path}${path.slice(end)}` || '/';
	}
	return path;
}
