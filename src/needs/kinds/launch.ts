import type { Evidence } from '../../model/evidence.ts';
import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { launchChanges } from '../changes/launch-changes.ts';
import { ownStart } from '../deployments/own-start.ts';
import { judgeStart } from '../launch/judge.ts';
import { traceStart } from '../launch/trace.ts';
import type { NeedKind } from '../need-kind.ts';

export interface LaunchNeed {
	readonly application: Application;
}

/** Does the container start: ENTRYPOINT and CMD down to the program that stays. docs/methods/fit.md */
export const launch: NeedKind<LaunchNeed> = {
	kind: 'launch',
	async find(application) {
		return [
			{
				kind: 'launch',
				what: whatStarts(application),
				certainty: ownStart(application),
				because: becauseOf(application),
				data: { application },
			},
		];
	},
	async check(need: Need<LaunchNeed>, standing: Standing): Promise<Check> {
		const { application } = need.data;
		const judged = judgeStart(await traceStart(application, standing));
		const { failure, ...answer } = judged;
		if (failure === undefined) return { need, ...answer };
		const changes = await launchChanges(application, standing);
		return { need, ...answer, hint: hintOf(failure.kind, failure.missing), ...(changes.length === 0 ? {} : { changes }) };
	},
};

function whatStarts({ launch: { entrypoint, command }, files }: Application): string {
	const said = [...(entrypoint?.value.argv ?? []), ...(entrypoint?.value.form === 'shell' ? [] : (command?.value.argv ?? []))];
	if (entrypoint?.value.form === 'shell' || (entrypoint === undefined && command?.value.form === 'shell'))
		return `a shell (${said[0]}) for the start command in shell form`;
	const script = entryScript(said[0], files);
	if (script !== undefined) return `the interpreter ${script.line.slice(2).trim()} of the entry script ${script.path}`;
	return said.length === 0 ? 'a start command of the base' : `a start for ${said.join(' ')}`;
}

function entryScript(name: string | undefined, files: Application['files']): { readonly path: string; readonly line: string } | undefined {
	if (name === undefined || !name.includes('/')) return undefined;
	const path = absolutePath(name, '/');
	const line = files.shebang(path);
	return line === undefined ? undefined : { path, line };
}

function becauseOf({ launch: { entrypoint, command }, files }: Application): readonly Evidence[] {
	const said = [entrypoint?.because, command?.because].filter((item) => item !== undefined);
	const script = entryScript(entrypoint?.value.argv[0] ?? command?.value.argv[0], files);
	const shebang = script === undefined ? [] : [{ path: script.path, line: 1, shows: script.line }];
	return said.length + shebang.length === 0
		? [{ path: 'image config', shows: 'neither ENTRYPOINT nor CMD is set: those of the base' }]
		: [...said, ...shebang];
}

const hints = new Map<string, (missing: string) => string>([
	['program', (missing) => `the base has no ${missing}: choose one that has it, copy it in, or start the program by its path`],
	['interpreter', (missing) => `the script needs ${missing}: start the program without the script, or choose a base that has it`],
	['module', (missing) => `what is started looks for ${missing}: check ENTRYPOINT of the base and the words of CMD`],
	['permission', (missing) => `${missing}: set the mode or owner with COPY --chmod or --chown, or another USER`],
	['format', (missing) => `${missing} is neither a program nor a script with a #! line`],
	['option', () => 'this env has no such option: name the interpreter itself in the #! line'],
	['shell', (missing) => `a shell is needed (${missing}): use the exec form`],
	['user', (missing) => `the base has no user ${missing}: use a number`],
]);

function hintOf(kind: string, missing: string): string {
	return hints.get(kind)?.(missing) ?? 'see docs/methods/fit.md';
}
