import { FootingError } from '../model/errors.ts';
import type { Application } from '../model/need.ts';
import { type ReportedVerification, schemaVersion, type VerifyReport } from '../model/report.ts';
import { findNeeds } from '../needs/find-needs.ts';
import type { Workspace } from '../verify/engine.ts';
import { openWorkspace } from '../verify/open-workspace.ts';
import { openToolbox, type Toolbox } from '../verify/toolbox.ts';
import { openCurrent } from './current-base.ts';
import type { ProofRequest } from './proof-request.ts';
import type { Session } from './session.ts';
import { readSubject, reportedApplication, type SubjectRequest } from './subject.ts';
import { type ProofQuestion, verifyOnBase } from './verify-on-base.ts';

export interface VerifyRequest extends SubjectRequest, ProofRequest {
	readonly bases: readonly string[];
}

/**
 * Does it really run on these bases? It is built on each, started as production would, and its own tests are run there;
 * the base it stands on today first, to compare with. Everything that was made in the engine is removed.
 * @throws FootingError `no-application`, `engine-unavailable`
 */
export async function verify(session: Session, request: VerifyRequest): Promise<VerifyReport> {
	const { application, close } = await readSubject(session, request);
	try {
		return await withProof(session, request, application, (question) => verifyAll(session, request, question));
	} finally {
		await close();
	}
}

/**
 * Opens an engine for the time of `run`, in which bases can be tried.
 * @throws FootingError `no-application`, `engine-unavailable`
 */
export async function withProof<T>(
	session: Session,
	request: SubjectRequest & ProofRequest,
	application: Application,
	run: (question: ProofQuestion) => Promise<T>,
): Promise<T> {
	if (application.dockerfile === undefined)
		throw new FootingError('no-application', 'cannot verify a built image on another base: that takes its Dockerfile');
	const workspace = await openWorkspace(session.host, request.engine);
	try {
		const current = await openCurrent(session, application.currentBase?.reference);
		try {
			const needs = await findNeeds(application);
			return await run({ request, application, workspace, needs, current, toolbox: once(session, workspace, request.toolbox) });
		} finally {
			await current?.close();
		}
	} finally {
		await workspace.close();
	}
}

function once(session: Session, workspace: Workspace, named: string | undefined): () => Promise<Toolbox> {
	let toolbox: Promise<Toolbox> | undefined;
	return () => {
		toolbox ??= openToolbox(workspace, session.host, named);
		return toolbox;
	};
}

async function verifyAll(session: Session, { bases }: VerifyRequest, question: ProofQuestion): Promise<VerifyReport> {
	const { application, workspace } = question;
	const baseline = await verifyCurrent(session, question);
	const found: ReportedVerification[] = [];
	for (const reference of bases) {
		const one = reference === baseline?.reference ? baseline : await verifyOnBase(session, question, reference, baseline);
		if (one !== baseline) session.host.progress?.(outcomeLine(one), { stays: true });
		found.push(one);
	}
	const engine = { name: workspace.engine.name, version: workspace.version };
	const { problems } = application.files;
	return { schemaVersion, kind: 'verify', application: reportedApplication(application), engine, bases: found, problems };
}

/** The base that the application stands on today, to compare the others with; undefined when it names none. */
export async function verifyCurrent(session: Session, question: ProofQuestion): Promise<ReportedVerification | undefined> {
	const reference = question.application.currentBase?.reference;
	if (reference === undefined) return undefined;
	const found = await verifyOnBase(session, question, reference);
	session.host.progress?.(outcomeLine(found), { stays: true });
	return found;
}

const words = { holds: 'works', fails: 'does not work', unknown: 'cannot be told' } as const;

/** What stays on the screen of a candidate when it is done. */
export function outcomeLine({ reference, answer, because, kept }: ReportedVerification): string {
	return `${reference}: ${words[answer]}${kept === undefined ? '' : ` (found out ${kept.at})`}: ${because}`;
}
