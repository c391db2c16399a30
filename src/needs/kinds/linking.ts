import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { checkStart } from '../linking/check-start.ts';
import type { LinkingNeed } from '../linking/need.ts';
import type { NeedKind } from '../need-kind.ts';

/** Can the loader map the programs that are started and the libraries that the application brought? docs/methods/linking.md */
export const linking: NeedKind<LinkingNeed> = {
	kind: 'linking',
	async find(application: Application): Promise<readonly Need<LinkingNeed>[]> {
		return [startNeed(application)];
	},
	async check(need: Need<LinkingNeed>, standing: Standing): Promise<Check> {
		return checkStart(need, standing);
	},
};

function startNeed(application: Application): Need<LinkingNeed> {
	const said = application.launch.command ?? application.launch.entrypoint;
	return {
		kind: 'linking',
		what: 'a loader and libraries for what is started',
		certainty: 'required',
		because: said === undefined ? [] : [said.because],
		data: { of: 'start', cacheRebuilt: rebuildsCache(application), unseen: application.unseen },
	};
}

/** ldconfig, or a package manager that runs it. */
function rebuildsCache(application: Application): boolean {
	return application.launch.runs.some(({ value }) =>
		/\b(ldconfig|apt-get\s+(-\S+\s+)*install|apt\s+(-\S+\s+)*install|dpkg\s+-i)\b/.test(value.text),
	);
}
