import { capabilityNames, capabilityTitles } from '../../model/capability.ts';
import type { CompareReport, CompareRow, Difference, ImageReport } from '../../model/report.ts';
import { abilityCount, hasInherent } from '../text/abilities.ts';
import { changedWord, countText, titleOf } from '../text/metrics.ts';
import { details, names, plural, table } from './blocks.ts';
import { code, htmlCode, prose } from './escape.ts';

/** One column an image, one row a metric; what goes and what comes is folded away. */
export function compareMarkdown(report: CompareReport, verbose: boolean): readonly string[] {
	return [
		`### Attack surface of ${plural(report.images.length, 'image')}`,
		'',
		...table(
			[{ title: '' }, ...report.images.map(({ image }) => ({ title: code(image.reference), align: 'right' as const }))],
			rows(report),
		),
		...(report.images.some(({ capabilities = [] }) => hasInherent(capabilities)) ? ['', inherentNote] : []),
		...report.images.flatMap(untrue),
		...report.images.flatMap(blindSpots),
		...changes(report.differences, verbose),
	];
}

function rows({ images, rows: metrics }: CompareReport): readonly (readonly string[])[] {
	const fact = (title: string, of: (image: ImageReport) => string): readonly string[] => [title, ...images.map(of)];
	return [
		fact('tier', ({ system }) => `**${system.tier}**`),
		fact('system', ({ system }) => code(`${system.id} ${system.versionId ?? ''}`.trim(), 40)),
		fact('libc', ({ system: { libc } }) => code(`${libc.family} ${libc.version ?? ''}`.trim(), 40)),
		fact('runs as', ({ image }) => code(image.config.user === '' ? 'root' : image.config.user, 40)),
		...metrics.map((row) => [titleOf(row.metric), ...row.values.map((_, index) => value(row, index))]),
		...abilityRows(images),
	];
}

/** In how many ways somebody could do it; `*` counts the application's own runtime, which stays. */
function abilityRows(images: readonly ImageReport[]): readonly (readonly string[])[] {
	if (images.every(({ capabilities = [] }) => capabilities.length === 0)) return [];
	return capabilityNames.map((name) => [
		`ways to ${capabilityTitles[name]}`,
		...images.map(({ capabilities = [] }) => abilityCount(capabilities.find((ability) => ability.name === name)).replace('*', '\\*')),
	]);
}

function value(row: CompareRow, index: number): string {
	const count = row.values[index];
	if (count === null || count === undefined) return '–';
	const text = countText(row.metric, { count, atLeast: row.atLeast[index] === true });
	const first = row.values[0];
	if (index === 0 || first === null || first === undefined || first === 0 || count === 0) return text;
	const ratio = count / first;
	return `${text} (×${ratio < 0.005 ? ratio.toPrecision(1) : ratio.toFixed(2)})`;
}

export const inherentNote = "\\* the application's own runtime is one of the ways: it stays whatever base is chosen.";

/** What it is called, and is not. */
export function untrue({ image, claims = [] }: ImageReport): readonly string[] {
	const wrong = claims.filter(({ answer }) => answer === 'fails');
	return wrong.length === 0
		? []
		: [
				'',
				`${code(image.reference)} is not what it is called:`,
				'',
				...wrong.map(({ claim, because }) => `- ${code(claim)}: ${prose(because)}`),
			];
}

export function blindSpots({ image, coverage }: ImageReport): readonly string[] {
	if (coverage.blindSpots.length === 0) return [];
	return [
		'',
		`Could not see everything of ${code(image.reference)}:`,
		'',
		...coverage.blindSpots.map(
			({ message, hides }) => `- ${prose(message)} (at least: ${hides.map((name) => prose(titleOf(name))).join(', ')})`,
		),
	];
}

function changes(differences: readonly Difference[], verbose: boolean): readonly string[] {
	const steps = new Map<string, Difference[]>();
	for (const difference of differences) {
		const key = JSON.stringify([difference.from, difference.to]);
		steps.set(key, [...(steps.get(key) ?? []), difference]);
	}
	return [...steps.values()].flatMap((step) => {
		const [{ from, to }] = step as [Difference];
		return details(
			`What goes and what comes: ${htmlCode(from)} → ${htmlCode(to)}`,
			step.flatMap((one) => lines(one, verbose)),
		);
	});
}

function lines({ metric, gone, added, changed = [] }: Difference, verbose: boolean): readonly string[] {
	const line = (word: string, list: readonly string[]): readonly string[] =>
		list.length === 0 ? [] : [`- ${prose(titleOf(metric))}: ${list.length} ${word}: ${names(list, verbose)}`];
	return [...line('gone', gone), ...line('new', added), ...line(changedWord(metric), changed)];
}
