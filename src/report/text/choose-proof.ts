import { quote } from '../../model/quote.ts';
import type { ChooseReport, ReportedCandidate, ReportedVerification } from '../../model/report.ts';
import { answerText } from './fit.ts';
import { type Page, shorten, wrap } from './page.ts';
import { keptText, verdictMarks } from './verify.ts';

/** What happened when it was really built and run, and where the static proof had said something else. */
export function proofLines({ proof, candidates, current }: ChooseReport, page: Page): readonly string[] {
	if (proof === undefined) return [];
	const tried = proof.tried.flatMap((reference) => candidates.find((candidate) => candidate.reference === reference) ?? []);
	return [
		`${page.paint('bold', 'Really built and run')}, the best first, until one works (${quote(proof.engine.name, 40)} ${quote(proof.engine.version, 40)})`,
		...tried.flatMap((candidate) => triedLines(candidate, candidate.reference === current, page)),
		...disagreementLines(proof, page),
		'',
	];
}

function triedLines({ reference, verification }: ReportedCandidate, today: boolean, page: Page): readonly string[] {
	if (verification === undefined) return [];
	const [style, mark] = verdictMarks[verification.answer];
	const head = `  ${page.paint(style, mark)} ${shorten(reference, 60)}${today ? ', today' : ''}: `;
	return [...wrap(quote(verification.because, 400), page.width, head, 6), ...restLines(verification, page)];
}

function restLines(verification: ReportedVerification, page: Page): readonly string[] {
	const kept = keptText(verification);
	const log = verification.log === undefined || verification.answer === 'holds' ? undefined : `log: ${quote(verification.log, 300)}`;
	return [kept, log].flatMap((line) => (line === undefined ? [] : [page.paint('dim', `      ${line}`)]));
}

function disagreementLines({ disagreements }: NonNullable<ChooseReport['proof']>, page: Page): readonly string[] {
	if (disagreements.length === 0) return ['  what happened is what the static proof had said, as far as both could tell'];
	return disagreements.flatMap(({ reference, fit, because }) =>
		wrap(
			`the static proof had said ${answerText(fit, page)} of ${shorten(reference, 60)}, and that is not what happened (${quote(because, 200)}): please report it`,
			page.width,
			`  ${page.paint('red', '!')} `,
			4,
		),
	);
}
