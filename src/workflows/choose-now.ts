import { candidatesFor } from '../bases/candidates-for.ts';
import { type ChooseInput, chooseBase } from '../bases/choose-base.ts';
import type { Candidate, CandidateReference, Choice } from '../model/base.ts';
import type { Application, Need } from '../model/need.ts';
import type { Problem } from '../model/problem.ts';
import { type ChooseReport, schemaVersion } from '../model/report.ts';
import { checkFit } from '../needs/check-fit.ts';
import { findNeeds } from '../needs/find-needs.ts';
import type { ChooseRequest } from './choose.ts';
import { failureOf } from './failure-of.ts';
import { hintsOf } from './hints.ts';
import { documentsOf } from './kept-answer.ts';
import type { CandidateDocuments } from './kept-choice.ts';
import { lifetimesOf } from './lifetimes.ts';
import type { ProvedChoice } from './prove-choice.ts';
import { reportChoice } from './report-choice.ts';
import { problemsOf } from './report-image.ts';
import { runsAs } from './runs-as.ts';
import type { Session } from './session.ts';
import { rereadOn, standingOn } from './stand-on.ts';
import { type Study, studyImage } from './study-image.ts';
import type { Subject } from './subject.ts';

/** A choice with the images it was made among. */
export interface Chosen {
	readonly report: ChooseReport;
	/** Every body that was asked for could be read. */
	readonly sound: boolean;
	readonly documents: CandidateDocuments;
}

/** The choice, found out. */
export async function chooseNow(session: Session, request: ChooseRequest, { application, failed }: Subject): Promise<Chosen> {
	const needs = await findNeeds(application);
	const { tried, problems, studied } = await tryAll(session, request, { application, needs });
	const input = { profile: request.profile, candidates: tried, needs, today: session.today };
	const proved = request.verify === undefined ? { choice: chooseBase(input) } : await proveAll(session, request, application, input);
	const { choice } = proved;
	const unproved = request.verify !== undefined && !isProved(choice);
	const written = request.write === true && !unproved ? await writeDockerfile(session, application, choice) : undefined;
	return {
		report: { schemaVersion, kind: 'choose', ...reportChoice(application, needs, proved, written), problems },
		sound: ![failed, ...studied.map((study) => study.failed)].some((one) => one()),
		documents: new Map(studied.map(({ reference, image }) => [reference, documentsOf(image)])),
	};
}

function isProved({ candidates, recommendation }: Choice): boolean {
	return candidates.some(({ reference, proof }) => reference === recommendation?.reference && proof?.answer === 'holds');
}

/** What runs containers is loaded only for who asks for it. */
async function proveAll(session: Session, request: ChooseRequest, application: Application, input: ChooseInput): Promise<ProvedChoice> {
	const { withProof } = await import('./verify.ts');
	const { proveChoice } = await import('./prove-choice.ts');
	return withProof(session, { ...request, ...request.verify }, application, (question) => proveChoice(session, input, question));
}

/** What is asked of every candidate. */
interface Question {
	readonly application: Application;
	readonly needs: readonly Need[];
}

interface Tried {
	readonly tried: readonly Candidate[];
	readonly problems: readonly Problem[];
	/** What could be had of them, without their files. */
	readonly studied: readonly Pick<Study, 'reference' | 'image' | 'failed'>[];
}

/** Every candidate measured and checked, one after the other; only the current base stays open, to copy files from. */
async function tryAll(session: Session, request: ChooseRequest, question: Question): Promise<Tried> {
	const problems: Problem[] = [...question.application.files.problems];
	const tried: Candidate[] = [];
	const studied: Pick<Study, 'reference' | 'image' | 'failed'>[] = [];
	let current: Study | undefined;
	try {
		for (const reference of listCandidates(question, request)) {
			const study = await studyCandidate(session, reference, tried);
			if (study === undefined) continue;
			studied.push({ reference: study.reference, image: study.image, failed: study.failed });
			if (reference.from === 'current') current = study;
			try {
				tried.push(await weigh(session, request, question, reference, study, current));
				problems.push(...problemsOf(study).map((p) => ({ ...p, where: `${reference.reference}: ${p.where}` })));
			} finally {
				if (study !== current) await study.close();
			}
		}
	} finally {
		await current?.close();
	}
	return { tried, problems, studied };
}

/** Puts the patched Dockerfile in the place of the old one. Returns its path; undefined when nothing has to change. */
async function writeDockerfile(session: Session, application: Application, choice: Choice): Promise<string | undefined> {
	const chosen = choice.candidates.find(({ reference }) => reference === choice.recommendation?.reference);
	if (chosen?.fit?.dockerfile === undefined || application.dockerfile === undefined) return undefined;
	const path = `${application.reference}/${application.dockerfile.path}`;
	await session.host.disk.writeFile(path, chosen.fit.dockerfile);
	return path;
}

/** The current base first, so that missing files can be copied from it; each image once. */
function listCandidates({ application, needs }: Question, request: ChooseRequest): readonly CandidateReference[] {
	const current = application.currentBase?.reference;
	const hints = hintsOf(application, needs, request.profile);
	return request.only === true ? candidatesFor(current, hints, request.candidates, []) : candidatesFor(current, hints, request.candidates);
}

/** Opens one candidate; when it cannot be had that is noted and the run goes on. */
async function studyCandidate(session: Session, reference: CandidateReference, tried: Candidate[]): Promise<Study | undefined> {
	try {
		return await studyImage(session, reference.reference, 'fit');
	} catch (error) {
		tried.push({ ...reference, failed: failureOf(error) });
		return undefined;
	}
}

async function weigh(
	session: Session,
	request: ChooseRequest,
	{ application, needs }: Question,
	reference: CandidateReference,
	study: Study,
	current: Study | undefined,
): Promise<Candidate> {
	session.host.progress?.(`checking ${needs.length} needs on ${reference.reference}`);
	const { digest } = study.image;
	const standing = standingOn(application, study, current);
	const reread = rereadOn(session, request, application, study, current);
	const fit = await checkFit(application, needs, standing, { reread });
	// who it runs as is asked of what would really be built
	const built = fit.dockerfile === undefined ? standing : (await reread(fit.dockerfile)).standing;
	return {
		...reference,
		...(digest === undefined ? {} : { digest }),
		system: study.inventory.system,
		measurement: study.measurement,
		runsAs: await runsAs(built.combined, built.config.user),
		fit,
		endOfLife: lifetimesOf(session, study),
	};
}
