import type { ReportedBuild } from '../model/report.ts';
import { type BuildPlan, labelStages } from './build-plan.ts';
import { engineMessage } from './containers.ts';
import type { Workspace } from './engine.ts';

export interface BuildRequest {
	/** The build context. */
	readonly directory: string;
	readonly plan: BuildPlan;
	readonly target?: string;
	/** Further flags of the engine's build command: `--secret=id=…`. */
	readonly flags: readonly string[];
	readonly timeoutMs: number;
}

export interface Built {
	readonly report: ReportedBuild;
	/** The id of the image. */
	readonly image?: string;
}

/** Builds the application; the Dockerfile goes in through standard input, so nothing is written beside the application. */
export async function buildImage(workspace: Workspace, request: BuildRequest): Promise<Built> {
	const { plan } = request;
	const input = workspace.keepsStages ? labelStages(plan.text, workspace.label) : plan.text;
	const began = workspace.clock();
	const result = await workspace.run(buildArguments(workspace, request), { input, timeoutMs: request.timeoutMs });
	const common = { how: plan.how, because: plan.because, durationMs: workspace.clock() - began };
	const image = /(?:sha256:)?[0-9a-f]{12,64}\s*$/.exec(result.stdout)?.[0].trim();
	if (result.timedOut === true) return { report: { ...common, answer: 'unknown', output: 'the build did not end in time' } };
	if (result.exitCode === 0 && image !== undefined) return { report: { ...common, answer: 'holds', output: '' }, image };
	return { report: { ...common, answer: 'fails', output: engineMessage(`${result.stdout}\n${result.stderr}`) } };
}

function buildArguments({ label, engine }: Workspace, { plan, target, flags, directory }: BuildRequest): readonly string[] {
	const args = Object.entries(plan.buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
	const stage = target === undefined ? [] : ['--target', target];
	return [
		'build',
		...engine.buildFlags,
		'--quiet',
		'--force-rm',
		'--label',
		label,
		'--file',
		'-',
		...args,
		...stage,
		...flags,
		'--',
		directory,
	];
}
