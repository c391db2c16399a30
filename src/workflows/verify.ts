import { FootingError } from '../model/errors.ts';
import type { Application, Fit, Need, Standing } from '../model/need.ts';
import { type ReportedVerification, schemaVersion, type VerifyReport } from '../model/report.ts';
import { checkFit } from '../needs/check-fit.ts';
import { findNeeds } from '../needs/find-needs.ts';
import { buildImage } from '../verify/build-image.ts';
import { planBuild } from '../verify/build-plan.ts';
import type { Workspace } from '../verify/engine.ts';
import { imageSettings } from '../verify/image-settings.ts';
import { agreement, judgeBeside } from '../verify/judge.ts';
import { obtainImage } from '../verify/obtain-image.ts';
import { openWorkspace } from '../verify/open-workspace.ts';
import { planTests } from '../verify/plan-tests.ts';
import { runTests } from '../verify/run-tests.ts';
import { openToolbox, type Toolbox } from '../verify/toolbox.ts';
import { watchStart } from '../verify/watch-start.ts';
import { engineNames } from './engine-names.ts';
import type { Session } from './session.ts';
import { failureOf, rereadOn, standingOn } from './stand-on.ts';
import { type Study, studyImage } from './study-image.ts';
import { readSubject, reportedApplication, type SubjectRequest } from './subject.ts';

export interface VerifyRequest extends SubjectRequest {
	readonly bases: readonly string[];
	/** `docker` or `podman`; the first that answers unless said. */
	readonly engine?: string;
	/** How the application is tested: a command line, or a program with its arguments. */
	readonly test?: string | readonly string[];
	/** Further flags of `docker run` and of `docker build`. */
	readonly runFlags?: readonly string[];
	readonly buildFlags?: readonly string[];
	readonly readOnly?: boolean;
	/** Without the changes that the static proof asks for. */
	readonly asIs?: boolean;
	/** What is asked for over HTTP, `/` unless said. */
	readonly path?: string;
	/** A text in the output that says that it is ready. */
	readonly logLine?: string;
	/** An image with a shell and tools, instead of this machine's BusyBox. */
	readonly toolbox?: string;
	/** Milliseconds for it to become ready (default 30 s), for its tests (5 min) and for a build (15 min). */
	readonly waitMs?: number;
	readonly testMs?: number;
	readonly buildMs?: number;
}

/**
 * Does it really run on these bases? It is built on each, started as production would, and its own tests are run there;
 * the base it stands on today first, to compare with. Everything that was made in the engine is removed.
 * @throws FootingError `no-application`, `engine-unavailable`
 */
export async function verify(session: Session, request: VerifyRequest): Promise<VerifyReport> {
	const { application, close } = await readSubject(session, request);
	try {
		if (application.dockerfile === undefined)
			throw new FootingError('no-application', 'cannot verify a built image on another base: that takes its Dockerfile');
		const workspace = await openWorkspace(session.host, request.engine);
		try {
			return await verifyAll(session, request, application, workspace);
		} finally {
			await workspace.close();
		}
	} finally {
		await close();
	}
}

/** What is asked of every base. */
interface Question {
	readonly application: Application;
	readonly needs: readonly Need[];
	readonly workspace: Workspace;
	readonly toolbox: Toolbox;
}

async function verifyAll(session: Session, request: VerifyRequest, application: Application, workspace: Workspace): Promise<VerifyReport> {
	const question = {
		application,
		workspace,
		needs: await findNeeds(application),
		toolbox: await openToolbox(workspace, session.host, request.toolbox),
	};
	const current = application.currentBase?.reference;
	const baseline = current === undefined ? undefined : await verifyOn(session, request, question, current);
	const bases: ReportedVerification[] = [];
	for (const reference of request.bases)
		bases.push(
			reference === current && baseline !== undefined ? baseline : await verifyOn(session, request, question, reference, baseline),
		);
	const engine = { name: workspace.engine.name, version: workspace.version };
	const { problems } = application.files;
	return { schemaVersion, kind: 'verify', application: reportedApplication(application), engine, bases, problems };
}

/** One base; when it cannot be had that is the answer, and the run goes on. */
async function verifyOn(
	session: Session,
	request: VerifyRequest,
	question: Question,
	reference: string,
	baseline?: ReportedVerification,
): Promise<ReportedVerification> {
	let study: Study;
	let image: string;
	try {
		image = await obtainImage(question.workspace, engineNames(session, reference));
		study = await studyImage(session, reference, 'fit');
	} catch (error) {
		const failed = failureOf(error);
		return { reference, answer: 'unknown', because: 'the base could not be had', failed };
	}
	try {
		const stands = await provenOn(session, request, question, study);
		const parts = await buildAndTest(session, request, question, { ...stands, image });
		const comparable = baseline?.failed === undefined ? baseline : undefined;
		const judged = judgeBeside(parts, comparable);
		const { answer } = stands.fit;
		return {
			reference,
			...judged,
			...parts,
			...(comparable === undefined ? {} : { baseline: pick(comparable) }),
			fit: { answer, agrees: agreement(request.asIs === true && answer === 'runs-with-changes' ? 'breaks' : answer, judged.answer) },
		};
	} finally {
		await study.close();
	}
}

function pick({ reference, answer, because }: ReportedVerification): NonNullable<ReportedVerification['baseline']> {
	return { reference, answer, because };
}

/** The application on one base, with the static proof and, where it asks for changes, as it is after them. */
interface Stands {
	readonly fit: Fit;
	readonly standing: Standing;
	readonly application: Application;
	readonly study: Study;
}

async function provenOn(session: Session, request: VerifyRequest, { application, needs }: Question, study: Study): Promise<Stands> {
	const reread = rereadOn(session, request, study);
	const standing = standingOn(application, study);
	const fit = await checkFit(application, needs, standing, { reread });
	if (request.asIs === true || fit.answer !== 'runs-with-changes' || fit.dockerfile === undefined)
		return { fit, standing, application, study };
	return { fit, study, ...(await reread(fit.dockerfile)) };
}

async function buildAndTest(
	session: Session,
	request: VerifyRequest,
	question: Question,
	stands: Stands & { readonly image: string },
): Promise<Pick<ReportedVerification, 'build' | 'start' | 'tests'>> {
	const { workspace } = question;
	const { fit, study } = stands;
	const patched = request.asIs !== true && fit.answer === 'runs-with-changes' ? fit.dockerfile : undefined;
	const plan = planBuild(question.application, {
		image: stands.image,
		buildArgs: request.buildArgs ?? {},
		...(patched === undefined ? {} : { patched }),
	});
	if (plan === undefined)
		return {
			build: { answer: 'unknown', how: 'final-from', because: 'a builder stage stands on the same base', durationMs: 0, output: '' },
		};
	session.host.progress?.(`building on ${study.reference}`);
	const built = await buildImage(workspace, {
		directory: request.application,
		plan,
		...(request.target === undefined ? {} : { target: request.target }),
		flags: request.buildFlags ?? [],
		timeoutMs: request.buildMs ?? 900_000,
	});
	if (built.image === undefined) return { build: built.report };
	return { build: built.report, ...(await startAndTest(session, request, question, stands, built.image)) };
}

async function startAndTest(
	session: Session,
	request: VerifyRequest,
	{ workspace, toolbox }: Question,
	{ study, standing, application }: Stands,
	image: string,
): Promise<Pick<ReportedVerification, 'start' | 'tests'>> {
	const settings = await imageSettings(workspace, image);
	const common = { image, flags: request.runFlags ?? [], readOnly: request.readOnly === true };
	session.host.progress?.(`starting on ${study.reference}`);
	const { ports, hasHealthcheck } = settings;
	const start = await watchStart(workspace, {
		...common,
		ports,
		hasHealthcheck,
		path: request.path ?? '/',
		waitMs: request.waitMs ?? 30_000,
		toolbox,
		...(request.logLine === undefined ? {} : { logLine: request.logLine }),
	});
	session.host.progress?.(`testing on ${study.reference}`);
	const runtimes = (study.measurement.surface.interpreters.items ?? []).flatMap(({ name, path }) =>
		path === undefined ? [] : [{ name, path }],
	);
	const plan = await planTests({ application, combined: standing.combined, ...settings, runtimes }, request.test);
	return { start, tests: await runTests(workspace, plan, { ...common, timeoutMs: request.testMs ?? 300_000 }) };
}
