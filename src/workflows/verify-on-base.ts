import type { Application, Fit, Need, Standing } from '../model/need.ts';
import type { ReportedTests, ReportedVerification } from '../model/report.ts';
import { ignoreFile } from '../needs/application/context-digest.ts';
import { checkFit } from '../needs/check-fit.ts';
import { buildImage } from '../verify/build-image.ts';
import { type BuildPlan, planBuild } from '../verify/build-plan.ts';
import type { Workspace } from '../verify/engine.ts';
import { imageSettings } from '../verify/image-settings.ts';
import { agreement, judgeBeside } from '../verify/judge.ts';
import { obtainImage } from '../verify/obtain-image.ts';
import { planTests } from '../verify/plan-tests.ts';
import { runTests } from '../verify/run-tests.ts';
import { testFromOutside } from '../verify/test-from-outside.ts';
import type { Toolbox } from '../verify/toolbox.ts';
import { watchStart } from '../verify/watch-start.ts';
import { engineNames } from './engine-names.ts';
import { failureOf } from './failure-of.ts';
import { findVerdict, idInEngine, type KeptVerdict, keepVerdict, keyOfVerdict } from './kept-verdicts.ts';
import type { ProofRequest } from './proof-request.ts';
import type { Session } from './session.ts';
import { rereadOn, standingOn } from './stand-on.ts';
import { type ImageFiles, type Study, studyImage } from './study-image.ts';
import type { SubjectRequest } from './subject.ts';

/** What is asked of every base. */
export interface ProofQuestion {
	readonly request: SubjectRequest & ProofRequest;
	readonly application: Application;
	readonly needs: readonly Need[];
	readonly workspace: Workspace;
	/** Made when the first container has to be asked. */
	readonly toolbox: () => Promise<Toolbox>;
	/** The base it stands on today, where that could be read: files can be copied from it. */
	readonly current: ImageFiles | undefined;
}

/** The application on one base, with the static proof and, where it asks for changes, as it is after them. */
interface Stands {
	readonly fit: Fit;
	readonly standing: Standing;
	readonly application: Application;
	readonly study: Study;
}

type Parts = KeptVerdict['parts'];

/** Builds, starts and tests on one base; when it cannot be had that is the answer, and the run goes on. */
export async function verifyOnBase(
	session: Session,
	question: ProofQuestion,
	reference: string,
	baseline?: ReportedVerification,
): Promise<ReportedVerification> {
	let study: Study;
	try {
		study = await studyImage(session, reference, 'fit');
	} catch (error) {
		return notHad(reference, error);
	}
	try {
		const stands = await provenOn(session, question, study);
		const found = await findOut(session, question, stands);
		return 'parts' in found ? judged(question, stands, found, baseline) : found;
	} finally {
		await study.close();
	}
}

function notHad(reference: string, error: unknown): ReportedVerification {
	return { reference, answer: 'unknown', because: 'the base could not be had', failed: failureOf(error) };
}

type Found = KeptVerdict & {
	readonly kept: boolean;
	/** What the engine has under that name is not known to be the image that was read. */
	readonly other?: true;
};

/** What an earlier run has found out, else what happens now. */
async function findOut(session: Session, question: ProofQuestion, stands: Stands): Promise<Found | ReportedVerification> {
	const { workspace, request } = question;
	const { study } = stands;
	const { reference } = study;
	const plan = planOn(question, stands, reference);
	const baseDigest = reference === 'scratch' ? reference : study.image.configDigest;
	const key = plan && (await keyOfVerdict(session, { request, workspace, plan, base: reference, baseDigest }));
	const known = key === undefined || request.fresh === true ? undefined : await findVerdict(session.host, key);
	if (known !== undefined) return { ...known, kept: true };
	let image: string;
	try {
		image = await obtainImage(workspace, engineNames(session, reference));
	} catch (error) {
		return notHad(reference, error);
	}
	const at = new Date(workspace.clock()).toISOString();
	const said: string[] = [];
	const record = (title: string, text: string): void => void said.push(`== ${title}`, text.trimEnd(), '');
	const parts = await buildAndTest(session, question, { ...stands, image, record });
	const log = await session.host.logs?.keep(logName(question, reference, at), said.join('\n'));
	const verdict = { at, parts, ...(log === undefined ? {} : { log }) };
	const same = reference === 'scratch' || [study.image.configDigest, study.image.digest].includes(await idInEngine(workspace, image));
	if (key !== undefined && same) await keepVerdict(session.host, key, verdict);
	return { ...verdict, kept: false, ...(same ? {} : { other: true }) };
}

function logName({ application }: ProofQuestion, reference: string, at: string): string {
	return `${at.replaceAll(/[-:]|\.\d+/g, '')}-${application.name}-on-${reference}`.slice(0, 150);
}

function judged(
	{ request, workspace }: ProofQuestion,
	{ fit, study }: Stands,
	{ parts, kept, at, log, other }: Found,
	baseline: ReportedVerification | undefined,
): ReportedVerification {
	const comparable = baseline?.failed === undefined ? baseline : undefined;
	// times of different days and loads are not compared
	const factor = (comparable?.kept !== undefined) === kept ? request.slowerThan : Number.POSITIVE_INFINITY;
	const verdict = judgeBeside(parts, comparable, factor);
	const { answer } = fit;
	return {
		reference: study.reference,
		answer: verdict.answer,
		because: other === true ? `${verdict.because}; ${otherImage(workspace)}` : verdict.because,
		...parts,
		...(comparable === undefined
			? {}
			: { baseline: { reference: comparable.reference, answer: comparable.answer, because: comparable.because } }),
		fit: { answer, agrees: agreement(request.asIs === true && answer === 'runs-with-changes' ? 'breaks' : answer, verdict.answer) },
		...(kept ? { kept: { at } } : {}),
		...(log === undefined ? {} : { log }),
	};
}

function otherImage({ engine }: Workspace): string {
	return `tried on the image that ${engine.name} has under that name, which is not known to be the one that was read`;
}

async function provenOn(session: Session, { request, application, needs, current }: ProofQuestion, study: Study): Promise<Stands> {
	const reread = rereadOn(session, request, application, study, current);
	const standing = standingOn(application, study, current);
	const fit = await checkFit(application, needs, standing, { reread });
	if (request.asIs === true || fit.answer !== 'runs-with-changes' || fit.dockerfile === undefined)
		return { fit, standing, application, study };
	return { fit, study, ...(await reread(fit.dockerfile)) };
}

/** How it is built on a base that the engine knows as `image`. */
function planOn({ request, application, current }: ProofQuestion, { fit }: Stands, image: string, source?: string): BuildPlan | undefined {
	const patched = request.asIs !== true && fit.answer === 'runs-with-changes' ? fit.dockerfile : undefined;
	return planBuild(application, {
		image,
		buildArgs: request.buildArgs ?? {},
		...(patched === undefined ? {} : { patched }),
		...(source === undefined || current === undefined ? {} : { source: { reference: current.reference, image: source } }),
	});
}

interface Stage extends Stands {
	/** What the engine knows the base as. */
	readonly image: string;
	readonly record: (title: string, text: string) => void;
}

async function buildAndTest(session: Session, question: ProofQuestion, stage: Stage): Promise<Parts> {
	const { request, workspace } = question;
	const plan = planOn(question, stage, stage.image, await sourceOf(session, question, stage));
	if (plan === undefined)
		return {
			build: { answer: 'unknown', how: 'final-from', because: 'a builder stage stands on the same base', durationMs: 0, output: '' },
		};
	session.host.progress?.(`${stage.study.reference}: building`);
	const ignore = await ignoreFile(session.host.disk, request.application, request.dockerfile);
	const built = await buildImage(workspace, {
		directory: request.application,
		plan,
		...(ignore === undefined ? {} : { ignore }),
		...(request.target === undefined ? {} : { target: request.target }),
		flags: request.buildFlags ?? [],
		timeoutMs: request.buildMs ?? 900_000,
		record: stage.record,
	});
	if (built.image === undefined) return { build: built.report };
	return { build: built.report, ...(await startAndTest(session, question, stage, built.image)) };
}

/** What the engine knows the current base as, where the changes copy files from it. */
async function sourceOf(session: Session, { workspace, current }: ProofQuestion, { fit }: Stage): Promise<string | undefined> {
	if (current === undefined || fit.dockerfile?.includes(`--from=${current.reference}`) !== true) return undefined;
	return obtainImage(workspace, engineNames(session, current.reference));
}

async function startAndTest(
	session: Session,
	question: ProofQuestion,
	{ study, standing, application, record }: Stage,
	image: string,
): Promise<Pick<Parts, 'start' | 'tests'>> {
	const { request, workspace } = question;
	const settings = await imageSettings(workspace, image);
	const common = { image, flags: request.runFlags ?? [], readOnly: request.readOnly === true, record };
	session.host.progress?.(`${study.reference}: starting`);
	let outside: ReportedTests | undefined;
	const start = await watchStart(workspace, {
		...common,
		...(request.testFrom === undefined || request.test === undefined
			? {}
			: {
					whenReady: async (container: string, port: string | undefined) => {
						outside = await fromOutside(session, question, container, port, record);
					},
				}),
		ports: settings.ports,
		hasHealthcheck: settings.hasHealthcheck && !common.flags.includes('--no-healthcheck'),
		path: request.path ?? '/',
		waitMs: request.waitMs ?? 30_000,
		toolbox: await question.toolbox(),
		...(request.logLine === undefined ? {} : { logLine: request.logLine }),
	});
	if (request.testFrom !== undefined) return { start, tests: outside ?? notReady(request.testFrom) };
	session.host.progress?.(`${study.reference}: testing`);
	const runtimes = (study.measurement.surface.interpreters.items ?? []).flatMap(({ name, path }) =>
		path === undefined ? [] : [{ name, path }],
	);
	const plan = await planTests({ application, combined: standing.combined, ...settings, runtimes }, request.test);
	return { start, tests: await runTests(workspace, plan, { ...common, timeoutMs: request.testMs ?? 300_000 }) };
}

async function fromOutside(
	session: Session,
	{ request, workspace }: ProofQuestion,
	container: string,
	port: string | undefined,
	record: Stage['record'],
): Promise<ReportedTests> {
	session.host.progress?.('testing from outside');
	const image = await obtainImage(workspace, engineNames(session, request.testFrom ?? ''));
	return testFromOutside(workspace, container, {
		image,
		test: request.test ?? [],
		directory: request.application,
		...(port === undefined ? {} : { port }),
		timeoutMs: request.testMs ?? 300_000,
		record,
	});
}

function notReady(outside: string): ReportedTests {
	return { answer: 'unknown', command: [], outside, because: 'it was not ready to be tested from outside', output: '' };
}
