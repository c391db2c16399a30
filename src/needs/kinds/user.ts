import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { numericUser } from '../changes/numeric-user.ts';
import { ownedDirectory } from '../changes/owned-directory.ts';
import { type Creation, canCreate } from '../launch/creation.ts';
import { accountsOf, placeOf } from '../launch/place.ts';
import type { NeedKind } from '../need-kind.ts';
import { writesOf } from '../source/writes.ts';

export type UserNeed =
	| { readonly of: 'name'; readonly application: Application }
	| { readonly of: 'place'; readonly application: Application; readonly creation: Creation }
	| { readonly of: 'port'; readonly application: Application };

/** The user of the container: is there one of that name, and may it write where the application does? */
export const user: NeedKind<UserNeed> = {
	kind: 'user',
	async find(application) {
		return [...named(application), ...(await places(application)), ...ports(application)];
	},
	async check(need, standing): Promise<Check> {
		const { data } = need;
		if (data.of === 'name') return checkName(need, data.application, standing);
		if (data.of === 'port') return checkPort(need, data.application, standing);
		return checkPlace(need, data.application, data.creation, standing);
	},
};

/** A number needs no entry in /etc/passwd; a name does, and a group too. */
function named(application: Application): readonly Need<UserNeed>[] {
	const said = application.launch.user;
	if (said === undefined || /^\d{1,9}(:\d{1,9})?$/.test(said.value)) return [];
	const what = `the user ${said.value} of USER`;
	return [{ kind: 'user', what, certainty: 'required', because: [said.because], data: { of: 'name', application } }];
}

async function checkName(need: Need<UserNeed>, application: Application, standing: Standing): Promise<Check> {
	const { user: found } = await placeOf(application, standing);
	if (found.kind === 'known') {
		const shows =
			found.name === undefined ? `number ${found.identity.uid}` : `${found.name} is ${found.identity.uid}:${found.identity.gids[0]}`;
		return { need, answer: 'holds', because: [{ path: '/etc/passwd', shows }] };
	}
	const because = [{ path: found.of === 'group' ? '/etc/group' : '/etc/passwd', shows: `no entry for ${found.missing}` }];
	const made = application.unseen.find(({ code }) => code === 'unseen-user');
	if (made !== undefined) return { need, answer: 'unknown', because, hint: made.message };
	const changes =
		found.of === 'number' ? [] : numericUser(application, standing, await accountsOf(standing.base), await currentAccounts(standing));
	const hint = 'a number needs no entry in /etc/passwd: USER 10001:10001';
	return { need, answer: 'fails', because, message: found.message, hint, ...(changes.length === 0 ? {} : { changes }) };
}

async function currentAccounts(standing: Standing): Promise<Awaited<ReturnType<typeof accountsOf>> | undefined> {
	return standing.current && accountsOf(standing.current.base);
}

async function places(application: Application): Promise<readonly Need<UserNeed>[]> {
	return (await writesOf(application)).map(({ creation, certainty, because }) => ({
		kind: 'user',
		what: `permission to write ${creation.path}`,
		certainty,
		because: [because],
		data: { of: 'place', application, creation },
	}));
}

async function checkPlace(need: Need<UserNeed>, application: Application, creation: Creation, standing: Standing): Promise<Check> {
	const { place } = await placeOf(application, standing);
	const path = absolutePath(creation.path, place.workingDir);
	const allowed = canCreate(place, { ...creation, path });
	if (allowed.answer === 'yes') return { need, answer: 'holds', because: [{ path: allowed.at, shows: `${allowed.at} may be written` }] };
	const because = [
		{ path: allowed.at, shows: allowed.answer === 'denied' ? `user ${place.who.uid} must not write there` : 'is not there' },
	];
	if (allowed.answer === 'unknown') return { need, answer: 'unknown', because, hint: 'whether the directory is there could not be seen' };
	const denied = allowed.answer === 'denied';
	const message = `${denied ? 'EACCES: permission denied' : 'ENOENT: no such file or directory'}, ${creation.call} '${path}'`;
	const changes = denied ? ownedDirectory(application, allowed.at, place.who) : [];
	const hint = denied
		? `let ${allowed.at} belong to the user: COPY --chown=${place.who.uid}:${place.who.gids[0] ?? 0}; builders differ in whom a directory made by WORKDIR belongs to`
		: `make ${path.slice(0, path.lastIndexOf('/')) || '/'} in the image`;
	return { need, answer: 'fails', because, message, hint, ...(changes.length === 0 ? {} : { changes }) };
}

/** Engines let every user listen on all ports by default (Docker since 20.10); Kubernetes and older ones do not. */
function ports(application: Application): readonly Need<UserNeed>[] {
	const low = application.launch.exposedPorts.filter(({ value }) => Number.parseInt(value, 10) < 1024);
	if (low.length === 0) return [];
	const what = `to listen on port ${low.map(({ value }) => value).join(', ')}`;
	return [{ kind: 'user', what, certainty: 'possible', because: low.map(({ because }) => because), data: { of: 'port', application } }];
}

async function checkPort(need: Need<UserNeed>, application: Application, standing: Standing): Promise<Check> {
	const { place } = await placeOf(application, standing);
	if (place.who.uid === 0) return { need, answer: 'holds', because: [{ path: 'image config', shows: 'runs as root' }] };
	const because = [{ path: 'image config', shows: `runs as user ${place.who.uid}` }];
	return {
		need,
		answer: 'unknown',
		because,
		hint: 'Docker lets every user listen below 1024; where the cluster does not, choose a higher port',
	};
}
