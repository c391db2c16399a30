import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createHost } from '../src/host/create-host.ts';
import type { Application, Check, Fit, Need } from '../src/model/need.ts';
import { checkFit } from '../src/needs/check-fit.ts';
import { findNeeds } from '../src/needs/find-needs.ts';
import { createSession } from '../src/workflows/create-session.ts';
import { standingOn } from '../src/workflows/stand-on.ts';
import { type Study, studyImage } from '../src/workflows/study-image.ts';
import { readSubject } from '../src/workflows/subject.ts';
import { contains } from './same-message.ts';

/**
 * What fit says of applications on bases, beside what really happened there: the confusion matrix, the share of `unknown`,
 * and whether the message that was predicted is the one that was seen.
 *
 *     npm run matrix -- TRUTH.tsv --apps DIR --image 'oci-layout:DIR/{file}' [--works works] [--app NAME] [--base NAME] [--all]
 *
 * The table has a line of names: `app` (a directory below --apps), `base` (what --image makes a reference of: `{base}` is the
 * name, `{file}` the name with `_` for all but letters, digits, `.` and `-`), `verdict` (the word of --works, or anything
 * else), and any number of columns whose names end in `msg` or `message`, or are `start` or `health`. Nothing is built or run.
 */
const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: {
		apps: { type: 'string' },
		image: { type: 'string', default: '{base}' },
		works: { type: 'string', default: 'works' },
		app: { type: 'string', default: '' },
		base: { type: 'string', default: '' },
		all: { type: 'boolean', default: false },
	},
});
const table = positionals[0];
if (table === undefined || values.apps === undefined) throw new Error('usage: npm run matrix -- TRUTH.tsv --apps DIR [--image REFERENCE]');

interface Row {
	readonly app: string;
	readonly base: string;
	readonly works: boolean;
	/** All that was printed. */
	readonly seen: string;
}

const rows = readRows(readFileSync(table, 'utf8'));
const session = createSession(createHost());
const applications = new Map<string, { readonly application: Application; readonly needs: readonly Need[] }>();
const counts = new Map<string, number>();
const messages = { same: 0, other: 0, none: 0 };
let wrong = 0;

for (const base of new Set(rows.map((row) => row.base))) {
	const reference = base === 'scratch' ? base : values.image.replace('{base}', base).replace('{file}', base.replace(/[^\w.-]+/g, '_'));
	const study = await studyImage(session, reference, 'fit');
	for (const row of rows.filter((one) => one.base === base)) tell(row, await fitOf(row, study));
	await study.close();
}
summary();

function readRows(text: string): readonly Row[] {
	const [head = '', ...lines] = text.trimEnd().split('\n');
	const names = head.split('\t');
	const field = (cells: readonly string[], name: string): string => cells[names.indexOf(name)] ?? '';
	const told = names.filter((name) => /(msg|message)$/.test(name) || name === 'start' || name === 'health');
	return lines
		.map((line) => line.split('\t'))
		.map((cells) => ({
			app: field(cells, 'app'),
			base: field(cells, 'base'),
			works: field(cells, 'verdict') === values.works,
			seen: told.map((name) => field(cells, name)).join('\n'),
		}))
		.filter(({ app, base }) => app.includes(values.app) && base.includes(values.base));
}

async function fitOf({ app, base }: Row, study: Study): Promise<Fit> {
	const known = applications.get(app) ?? (await readApplication(app));
	applications.set(app, known);
	const { application, needs } = known;
	const because = application.currentBase?.because ?? { path: 'Dockerfile', shows: 'FROM' };
	return checkFit({ ...application, currentBase: { reference: base, because } }, needs, standingOn(application, study));
}

/** The Dockerfile takes its base from an argument without a default: then no base is the one of today. */
async function readApplication(app: string): Promise<{ application: Application; needs: readonly Need[] }> {
	const { application } = await readSubject(session, { application: `${values.apps}/${app}` });
	return { application, needs: await findNeeds(application) };
}

function tell(row: Row, fit: Fit): void {
	const key = `${row.works ? 'works' : 'fails'} → ${fit.answer}`;
	counts.set(key, (counts.get(key) ?? 0) + 1);
	const deciding = fit.checks.filter(({ need, answer }) => need.certainty !== 'possible' && answer !== 'holds');
	const isWrong = row.works ? fit.answer === 'breaks' : fit.answer === 'runs' || fit.answer === 'runs-with-changes';
	if (isWrong) wrong += 1;
	const predicted = deciding.flatMap(({ message }) => (message === undefined ? [] : [message]));
	const message = row.works || fit.answer !== 'breaks' ? undefined : said(predicted, row.seen);
	if (message !== undefined) messages[message] += 1;
	if (!values.all && !isWrong && fit.answer !== 'unknown' && (message === undefined || message === 'same')) return;
	const mark = isWrong
		? 'WRONG'
		: fit.answer === 'unknown'
			? 'unknown'
			: message === 'other'
				? 'message'
				: message === 'none'
					? 'silent'
					: 'ok';
	console.log(
		`${mark}  ${row.app} on ${row.base}: ${key}\n  seen: ${row.seen
			.trim()
			.replace(/\s*\n\s*/g, ' | ')
			.slice(0, 300)}`,
	);
	for (const check of deciding.slice(0, 3)) console.log(`  ${line(check)}`);
}

function said(predicted: readonly string[], seen: string): keyof typeof messages {
	if (predicted.length === 0) return 'none';
	return predicted.some((message) => contains(seen, message)) ? 'same' : 'other';
}

function line({ need, answer, message, hint }: Check): string {
	return `${answer} (${need.certainty} ${need.kind}: ${need.what}): ${message ?? hint ?? ''}`.slice(0, 400);
}

function summary(): void {
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const unknown = [...counts].filter(([key]) => key.endsWith('unknown')).reduce((sum, [, count]) => sum + count, 0);
	console.log(`\n${total} pairs of ${applications.size} applications`);
	for (const [key, count] of [...counts].sort()) console.log(`  ${key.padEnd(28)} ${count}`);
	console.log(`wrong: ${wrong}; unknown: ${unknown} (${((100 * unknown) / Math.max(1, total)).toFixed(1)} %)`);
	console.log(`messages of pairs that break: ${messages.same} as seen, ${messages.other} otherwise, ${messages.none} without one`);
	process.exitCode = wrong > 0 ? 1 : 0;
}
