import type { KnownBase } from '../bases/identify-base.ts';
import { keptReport, type ToldImage } from './kept-report.ts';
import { openNamed } from './open-named.ts';
import type { Session } from './session.ts';

/**
 * What reports tell of one image. Where it was told before of the same image, no layer is looked at, and what would do so is
 * not even loaded.
 * @throws FootingError when the image cannot be had or read
 */
export async function tellImage(session: Session, reference: string, named: readonly KnownBase[]): Promise<ToldImage> {
	session.host.progress?.(`reading ${reference}`);
	const image = await openNamed(session, reference);
	try {
		const kept = await keptReport(session, reference, image, named);
		const known = await kept?.get();
		if (known !== undefined) return await onThisDay(session, known);
		const [{ studyOf }, { problemsOf, reportImage }] = await Promise.all([import('./study-image.ts'), import('./report-image.ts')]);
		const study = await studyOf(session, reference, image, 'measure');
		const told = { ...(await reportImage(session, study, named)), problems: problemsOf(study) };
		await kept?.put(told);
		return told;
	} finally {
		await image.close();
	}
}

/** What was told on another day, with what has ended since. */
async function onThisDay(session: Session, told: ToldImage): Promise<ToldImage> {
	const { lifetimes } = await import('./lifetimes.ts');
	const { system, surface } = told.report;
	const endOfLife = lifetimes(session.today, system, told.packages, surface.interpreters.items ?? []);
	return { ...told, report: { ...told.report, system: { ...system, endOfLife } } };
}

/** Only what was told before, and of which layers the image is. @throws FootingError when the image cannot be had */
export async function lookUp(
	session: Session,
	reference: string,
	named: readonly KnownBase[],
): Promise<{ readonly known: ToldImage | undefined; readonly layers: readonly string[] }> {
	const image = await openNamed(session, reference);
	try {
		const known = await (await keptReport(session, reference, image, named))?.get();
		const layers = image.layers.flatMap(({ diffId }) => diffId ?? []);
		return { known: known === undefined ? undefined : await onThisDay(session, known), layers };
	} finally {
		await image.close();
	}
}
