import type { TemporaryFile } from '../model/host.ts';
import type { ReportedBuild } from '../model/report.ts';
import { type BuildPlan, labelStages } from './build-plan.ts';
import { engineMessage } from './containers.ts';
import type { Workspace } from './engine.ts';

export interface BuildRequest {
	/** The build context. */
	readonly directory: string;
	readonly plan: BuildPlan;
	/** What `NAME.dockerignore` beside the Dockerfile says; absent: there is none, and the context's own counts. */
	readonly ignore?: string;
	readonly target?: string;
	/** Further flags of the engine's build command: `--secret=id=…`. */
	readonly flags: readonly string[];
	readonly timeoutMs: number;
	/** Is given all that the builder said. */
	readonly record?: (title: string, text: string) => void;
}

export interface Built {
	readonly report: ReportedBuild;
	/** The id of the image. */
	readonly image?: string;
}

/** Files of ours that the builder reads and writes; nothing is written beside the application. */
interface Files {
	readonly dockerfile: TemporaryFile;
	/** The builder writes the id of the image there. */
	readonly id: TemporaryFile;
	readonly ignore?: TemporaryFile;
}

/** Builds the application. */
export async function buildImage(workspace: Workspace, request: BuildRequest): Promise<Built> {
	const { plan, ignore } = request;
	const dockerfile = await workspace.file(workspace.keepsStages ? labelStages(plan.text, workspace.label) : plan.text);
	const beside = ignore === undefined ? undefined : await workspace.file(ignore, { file: dockerfile, suffix: '.dockerignore' });
	const files = { dockerfile, id: await workspace.file(''), ...(beside === undefined ? {} : { ignore: beside }) };
	try {
		return await build(workspace, request, files);
	} finally {
		for (const file of Object.values(files)) await file.close();
	}
}

async function build(workspace: Workspace, request: BuildRequest, files: Files): Promise<Built> {
	const { plan } = request;
	const began = workspace.clock();
	const result = await workspace.run(buildArguments(workspace, request, files), { timeoutMs: request.timeoutMs });
	request.record?.('what the builder said', `${result.stdout}\n${result.stderr}`);
	const common = { how: plan.how, because: plan.because, durationMs: workspace.clock() - began };
	if (result.timedOut === true) return { report: { ...common, answer: 'unknown', output: 'the build did not end in time' } };
	const said = result.exitCode === 0 ? (await workspace.read(files.id)).trim() : '';
	if (/^(?:sha256:)?[0-9a-f]{12,64}$/.test(said)) return { report: { ...common, answer: 'holds', output: '' }, image: said };
	return { report: { ...common, answer: 'fails', output: engineMessage(`${result.stdout}\n${result.stderr}`) } };
}

function buildArguments({ label, engine }: Workspace, request: BuildRequest, files: Files): readonly string[] {
	const { plan, target, flags, directory } = request;
	const args = Object.entries(plan.buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
	const stage = target === undefined ? [] : ['--target', target];
	const ignore = files.ignore === undefined ? [] : (engine.ignoreFlags?.(files.ignore.path) ?? []);
	const own = ['--force-rm', '--label', label, '--iidfile', files.id.path, '--file', files.dockerfile.path];
	return ['build', ...engine.buildFlags, ...own, ...ignore, ...args, ...stage, ...flags, '--', directory];
}
