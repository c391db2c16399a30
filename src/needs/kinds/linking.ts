import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { ownStart } from '../deployments/own-start.ts';
import { checkAddon } from '../linking/addons/check-addon.ts';
import { findAddons } from '../linking/addons/find-addons.ts';
import { checkOpened } from '../linking/check-opened.ts';
import { checkStart } from '../linking/check-start.ts';
import { checkFiles } from '../linking/files/check-files.ts';
import { findFiles } from '../linking/files/find-files.ts';
import type { LinkingNeed } from '../linking/need.ts';
import type { NeedKind } from '../need-kind.ts';
import { readSource } from '../source/read-source.ts';

/** Can the loader map the programs that are started and the libraries that the application brought? docs/methods/linking.md */
export const linking: NeedKind<LinkingNeed> = {
	kind: 'linking',
	async find(application: Application): Promise<readonly Need<LinkingNeed>[]> {
		return [
			startNeed(application),
			...healthNeeds(application),
			...(await addonNeeds(application)),
			...(await fileNeeds(application)),
			...(await openedNeeds(application)),
		];
	},
	check(need: Need<LinkingNeed>, standing: Standing): Promise<Check> {
		const { data } = need;
		if (data.of === 'opened') return checkOpened({ ...need, data }, standing);
		if (data.of === 'addon') return checkAddon({ ...need, data }, standing);
		return data.of === 'files' ? checkFiles({ ...need, data }, standing) : checkStart({ ...need, data }, standing);
	},
};

function startNeed(application: Application): Need<LinkingNeed> {
	const { command, entrypoint } = application.launch;
	const because = (entrypoint ?? command)?.because ?? { path: 'image config', shows: 'ENTRYPOINT and CMD of the base' };
	return {
		kind: 'linking',
		what: 'the loader and the libraries of the programs that are started',
		certainty: ownStart(application),
		because: [because],
		data: { of: 'start', application },
	};
}

function healthNeeds(application: Application): readonly Need<LinkingNeed>[] {
	const { healthcheck } = application.launch;
	if (healthcheck === undefined || healthcheck.value.form === 'none') return [];
	const what = 'the loader and the libraries of the programs of the health check';
	return [{ kind: 'linking', what, certainty: 'required', because: [healthcheck.because], data: { of: 'health', application } }];
}

async function addonNeeds(application: Application): Promise<readonly Need<LinkingNeed>[]> {
	return (await findAddons(application)).map((group) => ({
		kind: 'linking',
		what: `a base on which the native addon ${group.name} can be loaded`,
		certainty: group.certainty,
		because: group.because,
		data: { of: 'addon', application, group },
	}));
}

const roles = { python: 'extension modules', program: 'program', library: 'libraries' } as const;

async function fileNeeds(application: Application): Promise<readonly Need<LinkingNeed>[]> {
	return (await findFiles(application)).map((group) => ({
		kind: 'linking',
		what: `a base on which the ${roles[group.role]} ${group.name} can be loaded`,
		certainty: group.certainty,
		because: group.because,
		data: { of: 'files', application, group },
	}));
}

async function openedNeeds(application: Application): Promise<readonly Need<LinkingNeed>[]> {
	return (await readSource(application)).facts.flatMap(({ action, because, certainty }): readonly Need<LinkingNeed>[] => {
		if (action.kind !== 'library') return [];
		const data: LinkingNeed = { of: 'opened', application, program: because.path, opened: action };
		return [{ kind: 'linking', what: `the library ${action.library}, opened by name`, certainty, because: [because], data }];
	});
}
