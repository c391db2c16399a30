import { identify } from '../../formats/accounts.ts';
import type { Application, Check, Launch, Need, RunStep, Standing } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import { withMadeUsers } from '../application/made-users.ts';
import { deciding, unseenAt } from '../application/unseen.ts';
import { builderStage } from '../changes/builder-stage.ts';
import { numericOwners } from '../changes/numeric-owners.ts';
import type { Course, Place } from '../launch/course.ts';
import { judgeSuccess } from '../launch/judge.ts';
import { accountsOf, placeOf } from '../launch/place.ts';
import { installedPackages } from '../launch/provided.ts';
import { start } from '../launch/start.ts';
import type { NeedKind } from '../need-kind.ts';

export type BuildNeed =
	| { readonly of: 'run'; readonly application: Application; readonly run: Launch<RunStep> }
	| { readonly of: 'owner'; readonly application: Application; readonly owner: string }
	| { readonly of: 'unseen'; readonly problem: Problem };

/** Does the final stage build on the base: RUN needs a shell and its programs, --chown by name an entry in /etc/passwd. */
export const build: NeedKind<BuildNeed> = {
	kind: 'build',
	async find(application) {
		const runs = application.launch.runs.map(
			(run): Need<BuildNeed> => ({
				kind: 'build',
				what: `what RUN calls: ${run.value.text.trim().split('\n')[0]?.slice(0, 60) ?? ''}`,
				certainty: 'required',
				because: [run.because],
				data: { of: 'run', application, run },
			}),
		);
		return [...runs, ...owners(application), ...deciding(application.unseen).map(unseenNeed)];
	},
	async check(need, standing): Promise<Check> {
		const { data } = need;
		if (data.of === 'unseen') return { need, answer: 'unknown', because: need.because, hint: unseenHint(data.problem) };
		return data.of === 'run'
			? checkRun(need, data.application, data.run, standing)
			: checkOwner(need, data.application, data.owner, standing);
	},
};

function unseenHint({ code }: Problem): string {
	if (code === 'unknown-base') return 'name the base it was built on: --stands-on IMAGE';
	return 'build the image and let it be read instead of the directory';
}

function unseenNeed(problem: Problem): Need<BuildNeed> {
	const because = [{ path: problem.where, shows: problem.message }];
	return {
		kind: 'build',
		what: `what could not be seen: ${problem.message}`,
		certainty: 'likely',
		because,
		data: { of: 'unseen', problem },
	};
}

function owners(application: Application): readonly Need<BuildNeed>[] {
	return [...new Set(application.ownerNames?.values() ?? [])].map((owner) => ({
		kind: 'build',
		what: `the owner ${owner} of --chown`,
		certainty: 'required',
		because: [{ path: application.dockerfile?.path ?? 'Dockerfile', shows: `--chown=${owner}` }],
		data: { of: 'owner', application, owner },
	}));
}

async function checkRun(need: Need<BuildNeed>, application: Application, run: Launch<RunStep>, standing: Standing): Promise<Check> {
	const { value, because } = run;
	const config = {
		...standing.config,
		user: value.user ?? standing.baseConfig.user,
		workingDir: value.workingDir ?? standing.baseConfig.workingDir,
	};
	const { place, user } = await placeOf(application, standing, config);
	if (user.kind === 'refused') return { need, answer: 'fails', because: [because], message: user.message };
	const env = [
		...place.env,
		...[...(value.arguments ?? [])]
			.filter(([name]) => !place.env.some((e) => e.name === name))
			.map(([name, text]) => ({ name, value: text })),
	];
	const argv = value.argv ?? ['/bin/sh', '-c', value.text];
	const courses = await startStep(argv, { ...place, env }, application, run);
	const { failure, ...answer } = judgeSuccess(courses);
	if (failure === undefined) return { need, ...answer };
	const changes = builderStage(application, standing);
	const packages = installedPackages(value.text).map(({ name }) => name);
	const hint =
		packages.length > 0
			? `a base without a package manager: build in a stage on the base of today and copy what ${packages.slice(0, 5).join(', ')} is needed for`
			: 'run it in a stage of its own on the base of today and copy what it makes';
	return { need, ...answer, hint, ...(changes.length === 0 ? {} : { changes }) };
}

/** The shell and what is called first have to be there before the step; the rest may come from the step itself. */
async function startStep(
	argv: readonly string[],
	place: Place,
	application: Application,
	{ value, because }: Launch<RunStep>,
): Promise<readonly Course[]> {
	const shows = `RUN ${value.text.slice(0, 80)}`;
	const before = application.unseen.slice(0, value.unseenBefore ?? 0);
	const shell = await start(
		argv.slice(0, 1),
		{ ...place, mayBeThere: (path) => unseenAt(before, path) !== undefined },
		{ ...because, shows },
	);
	return shell.every(({ ending }) => ending.kind === 'fails') ? shell : start(argv, place, { ...because, shows });
}

async function checkOwner(need: Need<BuildNeed>, application: Application, owner: string, standing: Standing): Promise<Check> {
	const { users, groups } = withMadeUsers(await accountsOf(standing.base), application.launch.runs);
	const known = users.some(({ name }) => name === owner) || groups.some(({ name }) => name === owner);
	if (known) return { need, answer: 'holds', because: [{ path: '/etc/passwd', shows: owner }] };
	const because = [{ path: '/etc/passwd', shows: `no entry for ${owner}` }];
	const made = application.unseen.find(({ code }) => code === 'unseen-user');
	if (made !== undefined) return { need, answer: 'unknown', because, hint: made.message };
	const accounts = await accountsOf(standing.base);
	const current = standing.current && (await accountsOf(standing.current.base));
	const changes = numericOwners(application, owner, accounts, current);
	const refused = identify(owner, accounts);
	const message = refused.kind === 'refused' ? `can't find uid for user ${owner}: no such user: ${owner}` : '';
	return { need, answer: 'fails', because, message, hint: 'use numbers: --chown=1000:1000', ...(changes.length === 0 ? {} : { changes }) };
}
