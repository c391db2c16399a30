import { capabilityNames, capabilityTitles } from '../../model/capability.ts';
import { quote } from '../../model/quote.ts';
import type { CompareReport, CompareRow, Difference } from '../../model/report.ts';
import type { CapabilityAnswer } from '../../model/surface.ts';
import { abilityCount, hasInherent } from './abilities.ts';
import { changedWord, countText, titleOf } from './metrics.ts';
import { type Page, shorten, someOf, wrap } from './page.ts';
import { table } from './table.ts';

/** One column an image along the spectrum, one row a metric; each value with its ratio to the first. */
export function compareText(report: CompareReport, page: Page): readonly string[] {
	const perPage = Math.max(1, Math.floor((page.width - 26) / 16));
	const blocks: string[][] = [];
	const others = report.images.map((_, i) => i).slice(1);
	const first = report.images.length === 0 ? [] : [0];
	for (let at = 0; at === 0 || at < others.length; at += perPage - 1 || 1) {
		blocks.push([...block(report, page, [...first, ...others.slice(at, at + Math.max(1, perPage - 1))])]);
		if (perPage === 1) break;
	}
	return [
		...blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])),
		...inherentLines(report, page),
		...(page.differences ? differenceLines(report, page) : hint()),
	];
}

function inherentLines({ images }: CompareReport, page: Page): readonly string[] {
	if (!images.some(({ capabilities = [] }) => hasInherent(capabilities))) return [];
	return ['', ...wrap("the application's own runtime is one of the ways: it stays whatever base is chosen", page.width, '* ', 2)];
}

function hint(): readonly string[] {
	return ['', '--diff lists what goes and what comes from one image to the next'];
}

function block({ images, rows }: CompareReport, page: Page, shown: readonly number[]): readonly string[] {
	const space = Math.max(12, Math.floor((page.width - 26) / shown.length) - 2);
	const image = (i: number): CompareReport['images'][number] => images[i] as CompareReport['images'][number];
	const columns = [
		{ title: '' },
		...shown.map((i) => ({ title: page.paint('bold', shorten(image(i).image.reference, space)), align: 'right' as const })),
	];
	const facts = [
		['tier', ...shown.map((i) => image(i).system.tier)],
		['system', ...shown.map((i) => shorten(`${image(i).system.id} ${image(i).system.versionId ?? ''}`.trim(), space))],
		['libc', ...shown.map((i) => shorten(`${image(i).system.libc.family} ${image(i).system.libc.version ?? ''}`.trim(), space))],
		['runs as', ...shown.map((i) => shorten(image(i).image.config.user || 'root', space))],
	];
	const metrics = rows.map((row) => [titleOf(row.metric), ...shown.map((i) => valueText(row, i, space))]);
	const abilities = shown.map((i) => image(i).capabilities ?? []);
	return table(columns, [...facts, ...metrics, ...abilityRows(abilities, page)], 0);
}

/** In how many ways somebody could do it, image by image. */
function abilityRows(abilities: readonly (readonly CapabilityAnswer[])[], page: Page): readonly (readonly string[])[] {
	if (abilities.every((image) => image.length === 0)) return [];
	const rows = capabilityNames.map((name) => [
		capabilityTitles[name],
		...abilities.map((image) => abilityCount(image.find((ability) => ability.name === name))),
	]);
	return [[], [page.paint('bold', 'ways to')], ...rows];
}

function valueText(row: CompareRow, index: number, space: number): string {
	const value = row.values[index];
	if (value === null || value === undefined) return '–';
	const text = countText(row.metric, { count: value, atLeast: row.atLeast[index] === true });
	const first = row.values[0];
	if (index === 0 || first === null || first === undefined || first === 0 || value === 0 || space < 16) return text;
	const ratio = value / first;
	return `${text} ×${ratio >= 0.995 ? ratio.toFixed(1) : ratio.toFixed(2)}`;
}

function differenceLines({ differences }: CompareReport, page: Page): readonly string[] {
	let ends = '';
	return differences.flatMap((difference) => {
		const now = `${difference.from} → ${difference.to}`;
		const head = now === ends ? [] : ['', page.paint('bold', quote(now, 300))];
		ends = now;
		return [...head, ...oneDifference(difference, page)];
	});
}

function oneDifference({ metric, gone, added, changed }: Difference, page: Page): readonly string[] {
	const line = (sign: string, word: string, names: readonly string[]): readonly string[] => {
		if (names.length === 0) return [];
		const head = `  ${sign} ${titleOf(metric)}: ${names.length} ${word}: `;
		return page.verbose
			? wrap(names.map((n) => quote(n, 120)).join(' '), page.width, head, 6)
			: [head + someOf(names, Math.max(20, page.width - head.length))];
	};
	return [...line('−', 'gone', gone), ...line('+', 'new', added), ...line('~', changedWord(metric), changed ?? [])];
}
