import { access } from '../../formats/access.ts';
import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { withMadeUsers } from '../application/made-users.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { numericUser } from '../changes/numeric-user.ts';
import { ownedDirectory } from '../changes/owned-directory.ts';
import { type Creation, canCreate } from '../launch/creation.ts';
import { accountsOf, placeOf } from '../launch/place.ts';
import type { NeedKind } from '../need-kind.ts';
import { javascriptRuntime } from '../runtimes/javascript-runtime.ts';
import { atMost, type Language, strongest } from '../source/fact.ts';
import { evidenceOf } from '../source/file-need.ts';
import { homeDirectory } from '../source/javascript/values.ts';
import { readSource } from '../source/read-source.ts';
import { refusal } from '../source/refusal.ts';
import { writesOf } from '../source/writes.ts';

export type UserNeed =
	| { readonly of: 'name'; readonly application: Application }
	| { readonly of: 'place'; readonly application: Application; readonly creation: Creation; readonly language: Language }
	| {
			readonly of: 'entry';
			readonly application: Application;
			readonly unless?: readonly string[];
			readonly name?: string;
			readonly message?: string;
	  }
	| { readonly of: 'reading'; readonly application: Application; readonly paths: readonly string[] }
	| { readonly of: 'port'; readonly application: Application };

/** The user of the container: is there one of that name, and may it write where the application does? */
export const user: NeedKind<UserNeed> = {
	kind: 'user',
	async find(application) {
		const asked = await Promise.all([places(application), entries(application), reading(application)]);
		return [...named(application), ...asked.flat(), ...ports(application)];
	},
	async check(need, standing): Promise<Check> {
		const { data } = need;
		if (data.of === 'name') return checkName(need, data.application, standing);
		if (data.of === 'entry') return checkEntry(need, data, standing);
		if (data.of === 'reading') return checkReading(need, data.application, data.paths, standing);
		if (data.of === 'port') return checkPort(need, data.application, standing);
		return checkPlace(need, data.application, data, standing);
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
	return (await writesOf(application)).map(({ creation, language, certainty, because }) => ({
		kind: 'user',
		what: `permission to write ${creation.path.replace(homeDirectory, '~')}`,
		certainty,
		because: [because],
		data: { of: 'place', application, creation, language },
	}));
}

async function checkPlace(
	need: Need<UserNeed>,
	application: Application,
	{ creation, language }: { readonly creation: Creation; readonly language: Language },
	standing: Standing,
): Promise<Check> {
	const { place } = await placeOf(application, standing);
	const home = place.env.findLast(({ name }) => name === 'HOME')?.value ?? '/';
	const atHome = (path: string): string => path.replace(homeDirectory, home === '/' ? '' : home);
	const path = absolutePath(atHome(creation.path), place.workingDir);
	const allowed = canCreate(place, { ...creation, path, makes: creation.makes.map(atHome) });
	if (allowed.answer === 'yes') return { need, answer: 'holds', because: [{ path: allowed.at, shows: `${allowed.at} may be written` }] };
	const because = [
		{ path: allowed.at, shows: allowed.answer === 'denied' ? `user ${place.who.uid} must not write there` : 'is not there' },
	];
	if (allowed.answer === 'unknown') return { need, answer: 'unknown', because, hint: 'whether the directory is there could not be seen' };
	const denied = allowed.answer === 'denied';
	const message = refusal(language, denied ? 'denied' : 'absent', creation.call, path);
	const changes = denied ? ownedDirectory(application, allowed.at, place.who) : [];
	const hint = denied
		? `let ${allowed.at} belong to the user: COPY --chown=${place.who.uid}:${place.who.gids[0] ?? 0}; builders differ in whom a directory made by WORKDIR belongs to`
		: `make ${path.slice(0, path.lastIndexOf('/')) || '/'} in the image`;
	return { need, answer: 'fails', because, message, hint, ...(changes.length === 0 ? {} : { changes }) };
}

/** `os.userInfo()` throws for a number without an entry in /etc/passwd. */
async function entries(application: Application): Promise<readonly Need<UserNeed>[]> {
	const { javascript } = await readSource(application);
	const asked = javascript.graph.modules.flatMap(({ path, certainty: reached, dependency, facts }) =>
		facts.members
			.filter(({ name }) => name === 'os.userInfo')
			.map(({ line, certainty }) => ({ path, line, certainty: dependency ? ('possible' as const) : atMost(reached, certainty) })),
	);
	const others = await accounts(application);
	if (asked.length === 0) return others;
	const because = asked.slice(0, 8).map(({ path, line }) => ({ path, line, shows: 'os.userInfo()' }));
	const what = 'an entry in /etc/passwd for the user';
	return [
		{ kind: 'user', what, certainty: strongest(asked.map(({ certainty }) => certainty)), because, data: { of: 'entry', application } },
		...others,
	];
}

/** The same of other languages, by what they would say. */
async function accounts(application: Application): Promise<readonly Need<UserNeed>[]> {
	const { facts } = await readSource(application);
	const asked = facts.flatMap((fact) => (fact.action.kind === 'account' ? [{ ...fact, action: fact.action }] : []));
	return [...Map.groupBy(asked, ({ action }) => action.message).values()].map((found) => ({
		kind: 'user',
		what: `an entry in /etc/passwd for the user${found[0]?.action.name === undefined ? '' : ` ${found[0].action.name}`}`,
		certainty: strongest(found.map(({ certainty }) => certainty)),
		because: evidenceOf(found),
		data: { of: 'entry', application, ...found[0]?.action },
	}));
}

async function checkEntry(need: Need<UserNeed>, data: Extract<UserNeed, { of: 'entry' }>, standing: Standing): Promise<Check> {
	const { application, unless = [], message: words } = data;
	const { user: found, place } = await placeOf(application, standing);
	const variable = place.env.find(({ name, value }) => unless.includes(name) && value !== '');
	if (variable !== undefined)
		return { need, answer: 'holds', because: [{ path: 'image config', shows: `${variable.name} stands in for it` }] };
	const entry =
		data.name === undefined
			? found.kind === 'known' && found.name
			: withMadeUsers(place.accounts ?? { users: [], groups: [] }, application.launch.runs).users.find(({ name }) => name === data.name)
					?.name;
	if (typeof entry === 'string') return { need, answer: 'holds', because: [{ path: '/etc/passwd', shows: entry }] };
	const because = [{ path: '/etc/passwd', shows: `no entry for ${data.name ?? place.who.uid}` }];
	if (words === undefined && javascriptRuntime(standing, ['node', 'bun'])?.engine === 'bun')
		return { need, answer: 'holds', because: [{ path: 'bun', shows: 'Bun asks for no entry' }] };
	const message = words ?? 'uv_os_get_passwd returned ENOENT (no such file or directory)';
	const changes = data.name === undefined ? numericUser(application, standing, await accountsOf(standing.base), undefined) : [];
	return {
		need,
		answer: 'fails',
		because,
		message,
		hint: data.name === undefined ? 'run as a user of the base' : 'make the user in the image',
		...(changes.length === 0 ? {} : { changes }),
	};
}

/** Modules that not everybody may read: COPY keeps the mode that the file has in the build context. */
async function reading(application: Application): Promise<readonly Need<UserNeed>[]> {
	const { javascript } = await readSource(application);
	const closed = javascript.graph.modules.filter(({ path, certainty }) => certainty === 'required' && !openToAll(application, path));
	if (closed.length === 0) return [];
	const paths = closed.slice(0, 100).map(({ path }) => path);
	const because = paths.slice(0, 8).map((path) => ({ path, shows: `mode ${(application.files.get(path)?.mode ?? 0).toString(8)}` }));
	return [
		{
			kind: 'user',
			what: 'permission to read its own modules',
			certainty: 'required',
			because,
			data: { of: 'reading', application, paths },
		},
	];
}

function openToAll({ files }: Application, path: string): boolean {
	const parts = path.split('/').slice(1);
	const open = (at: string, bit: number): boolean => ((files.get(at)?.mode ?? 0o755) & bit) !== 0;
	return parts.every((_, i) => open(`/${parts.slice(0, i + 1).join('/')}`, i === parts.length - 1 ? 4 : 1));
}

async function checkReading(need: Need<UserNeed>, application: Application, paths: readonly string[], standing: Standing): Promise<Check> {
	const { place } = await placeOf(application, standing);
	const refused = paths.find((path) => access(place.rootfs, path, place.who, 'read').answer === 'denied');
	if (refused === undefined)
		return { need, answer: 'holds', because: [{ path: paths[0] ?? '/', shows: `user ${place.who.uid} may read it` }] };
	const message = `EACCES: permission denied, open '${refused}'`;
	const because = [{ path: refused, shows: `user ${place.who.uid} must not read it` }];
	return { need, answer: 'fails', because, message, hint: 'COPY --chmod=a+rX, --chown, or another mode in the build context' };
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
