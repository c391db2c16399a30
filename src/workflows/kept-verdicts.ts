import { openImage } from '../image/open-image.ts';
import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { ReportedVerification } from '../model/report.ts';
import { contextDigest } from '../needs/application/context-digest.ts';
import type { BuildPlan } from '../verify/build-plan.ts';
import type { Workspace } from '../verify/engine.ts';
import { judgeParts } from '../verify/judge.ts';
import { otherImages } from '../verify/other-images.ts';
import type { ProofRequest } from './proof-request.ts';
import type { Session } from './session.ts';
import type { SubjectRequest } from './subject.ts';

type Parts = Pick<ReportedVerification, 'build' | 'start' | 'tests'>;
export interface KeptVerdict {
	/** When it was found out, ISO 8601. */
	readonly at: string;
	readonly parts: Parts;
	readonly log?: string;
}

/** One application on one base, tested in one way. */
export interface Asked {
	readonly request: SubjectRequest & ProofRequest;
	readonly workspace: Workspace;
	/** As it will be built; the base in it is called `base`. */
	readonly plan: BuildPlan;
	readonly base: string;
	/** Digest of the base's configuration, which names all its layers. */
	readonly baseDigest: string | undefined;
}

/** Flags that make the result depend on something whose content is not known here. */
const outward =
	/^(?:-v|-e|--(?:secret|ssh|build-context|cache-from|add-host|env-file|volume|volumes-from|mount|net|network|link|device|gpus|ipc|pid|label-file)\b)/;

/**
 * All that decides the verdict: the application's files, the base, the other images of the build, the command of the tests and
 * how the engine runs it. Undefined when something of it cannot be told: then nothing is kept.
 */
export async function keyOfVerdict(session: Session, asked: Asked): Promise<string | undefined> {
	const { request, workspace, plan, base, baseDigest } = asked;
	const { runFlags = [], buildFlags = [] } = request;
	const { cache, build, disk } = session.host;
	if (cache === undefined || build === undefined || baseDigest === undefined) return undefined;
	if ([...runFlags, ...buildFlags].some((flag) => outward.test(flag) || /^--env=[^=]*$/.test(flag))) return undefined;
	if (request.testFrom !== undefined) return undefined;
	const others = await identities(session, workspace, otherImages(plan.text, plan.buildArgs, base));
	const context = others && (await contextDigest(disk, request.application, request.dockerfile));
	if (context === undefined) return undefined;
	const { test, path, logLine, readOnly, target, toolbox, waitMs, testMs } = request;
	const how = { runFlags, buildFlags, test, path, logLine, readOnly, target, toolbox, waitMs, testMs };
	const engine = [workspace.engine.name, workspace.version, workspace.keepsStages, session.open.platform];
	return JSON.stringify(['verdict', build, engine, context, baseDigest, others, plan.text, plan.buildArgs, how]);
}

/** An image's id in the engine is the digest of its configuration, as in its registry. */
async function identities(
	session: Session,
	workspace: Workspace,
	images: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
	if (images === undefined) return undefined;
	const ids: string[] = [];
	for (const image of images) {
		const id = (await idInEngine(workspace, image)) ?? (await idElsewhere(session, image));
		if (id === undefined) return undefined;
		ids.push(id);
	}
	return ids;
}

export async function idInEngine(workspace: Workspace, image: string): Promise<string | undefined> {
	const { exitCode, stdout } = await workspace.run(['image', 'inspect', '--format', '{{.Id}}', '--', image]);
	// Podman leaves the name of the algorithm out
	const id = /^(?:sha256:)?([0-9a-f]{1,64})$/.exec(stdout.trim())?.[1];
	return exitCode === 0 && id !== undefined ? `sha256:${id}` : undefined;
}

async function idElsewhere(session: Session, image: string): Promise<string | undefined> {
	try {
		const opened = await openImage(session.host, image, session.open);
		await opened.close();
		return opened.configDigest;
	} catch (error) {
		if (error instanceof FootingError && error.code !== 'internal') return undefined;
		throw error;
	}
}

export async function findVerdict({ cache, disk }: Host, key: string): Promise<KeptVerdict | undefined> {
	const bytes = await cache?.get(key);
	// the cache gives back only what was put there under this key, whole
	if (bytes === undefined) return undefined;
	const { log, ...verdict } = JSON.parse(Buffer.from(bytes).toString('utf8')) as KeptVerdict;
	return log === undefined || (await disk.stat(log)) === undefined ? verdict : { ...verdict, log };
}

/** Only what was decided is kept; a build that failed or a run out of time may have met with something of the day. */
export async function keepVerdict({ cache }: Host, key: string, verdict: KeptVerdict): Promise<void> {
	const { build, tests } = verdict.parts;
	if (build?.answer !== 'holds' || tests?.timedOut === true || judgeParts(verdict.parts).answer === 'unknown') return;
	await cache?.put(key, Buffer.from(JSON.stringify(verdict)));
}
