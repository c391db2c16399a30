import type { CompareReport, Difference, ImageReport, ReportedBase } from '../../../model/report.ts';
import { changedWord, countText, titleOf } from '../../text/metrics.ts';
import { bytesText } from '../../text/page.ts';
import type { Column } from './columns.ts';
import type { Child, PageElement, Pen } from './dom.ts';
import { columnHead } from './matrix.ts';
import { opening, section, tableOf, tierChip } from './section.ts';

/** Who is who: the numbers that the pictures use. */
export function imagesSection(pen: Pen, columns: readonly Column[]): PageElement {
	const rows = columns.map((column): readonly Child[] => [
		columnHead(pen, { ...column, label: column.reference }),
		tierChip(pen, column.tier),
		column.system,
		column.libc,
		userOf(column),
		countText('bytes', column.surface.bytes),
		endings(pen, column),
	]);
	return section(pen, 'images', columns.length === 1 ? 'The image' : 'The images', [
		tableOf(pen, ['Image', 'Tier', 'System', 'C library', 'Runs as', 'Size', 'Support'], rows, 'The images'),
		columns.map(({ image }) =>
			image === undefined ? undefined : opening(pen, `More about ${image.image.reference}`, () => facts(pen, image)),
		),
	]);
}

export function userOf({ image }: Column): string {
	if (image === undefined) return '';
	return image.image.config.user === '' ? 'root' : image.image.config.user;
}

export function endings(pen: Pen, { image, candidate }: Column): readonly Child[] {
	const ends = image?.system.endOfLife ?? candidate?.endOfLife ?? [];
	return ends.map(({ what, date, past }) =>
		pen.el('div', { class: past ? 'warn' : 'faint' }, `${what}: ${past ? 'ended' : 'until'} ${date}`),
	);
}

export function facts(pen: Pen, report: ImageReport): PageElement {
	const { image, system, coverage, base } = report;
	const { config } = image;
	const pairs: readonly (readonly [string, Child])[] = [
		['Tier', system.tierBecause.join('; ')],
		['Stands on', base === undefined ? 'unknown' : standsOn(base)],
		['Called', claimLines(pen, report)],
		['Digest', pen.el('code', {}, image.digest ?? 'none')],
		['Platform', image.platform],
		['To transfer', image.sizeBytes.compressed === undefined ? 'unknown' : bytesText(image.sizeBytes.compressed)],
		['Entrypoint', pen.el('code', {}, JSON.stringify(config.entrypoint))],
		['Command', pen.el('code', {}, JSON.stringify(config.command))],
		['Ports', config.exposedPorts.join(' ')],
		['Executables', `${coverage.executables.owned} owned by a package, ${coverage.executables.unowned} by none`],
		['Packages whose files are gone', String(coverage.ghostPackages.count)],
		[
			'Layers',
			pen.el(
				'ol',
				{},
				image.layers.map((layer) => pen.el('li', {}, `${bytesText(layer.sizeBytes)} `, pen.el('code', {}, layer.createdBy ?? ''))),
			),
		],
	];
	return pen.el(
		'dl',
		{},
		pairs.flatMap(([term, value]) => [pen.el('dt', {}, term), pen.el('dd', {}, value)]),
	);
}

/** One base where that is proven; otherwise what is possible, none preferred. */
export function standsOn({ answer, candidates, because }: ReportedBase): string {
	const names = candidates.map(({ reference }) => reference).join(', ');
	return answer === 'holds' ? `${names}: ${because}` : names === '' ? because : `one of ${names}: ${because}`;
}

/** What its name and its labels say of it, and whether that is so. */
export function claimLines(pen: Pen, { claims = [] }: ImageReport): Child {
	const words = { holds: 'true', fails: 'not true', unknown: 'unknown' } as const;
	const lines = claims.map(({ claim, by, answer, because }) =>
		pen.el('div', answer === 'fails' ? { class: 'warn' } : {}, `${claim} (${by}): ${words[answer]}, ${because}`),
	);
	return lines.length === 0 ? 'nothing that could be held against it' : lines;
}

/** What hides something is said beside the numbers that it hides. */
export function unseenSection(pen: Pen, columns: readonly Column[], problems: CompareReport['problems']): PageElement | undefined {
	const spots = columns.flatMap(({ reference, image }) => (image?.coverage.blindSpots ?? []).map((spot) => ({ reference, spot })));
	if (spots.length + problems.length === 0) return undefined;
	return section(pen, 'unseen', 'What could not be seen', [
		pen.el('p', { class: 'note' }, 'What is hidden is never counted as 0: counts marked ≥ are at least so many.'),
		pen.el(
			'ul',
			{},
			spots.map(({ reference, spot }) =>
				pen.el(
					'li',
					{},
					pen.el('code', {}, reference),
					` ${spot.message} `,
					pen.el('span', { class: 'faint' }, `hides: ${spot.hides.map(titleOf).join(', ')}`),
				),
			),
			problems
				.slice(0, 500)
				.map(({ where, message, code }) =>
					pen.el('li', {}, pen.el('code', {}, where), ` ${message} `, pen.el('span', { class: 'faint' }, code)),
				),
		),
		problems.length > 500 ? pen.el('p', {}, `and ${problems.length - 500} more problems`) : undefined,
	]);
}

export function differencesSection(pen: Pen, differences: readonly Difference[]): PageElement | undefined {
	if (differences.length === 0) return undefined;
	const steps = new Map<string, Difference[]>();
	for (const one of differences) {
		const key = JSON.stringify([one.from, one.to]);
		steps.set(key, [...(steps.get(key) ?? []), one]);
	}
	return section(pen, 'differences', 'What goes and what comes', [
		[...steps.values()].map((step) => opening(pen, `${step[0]?.from} → ${step[0]?.to}`, () => step.map((one) => oneDifference(pen, one)))),
	]);
}

export function oneDifference(pen: Pen, { metric, gone, added, changed = [] }: Difference): PageElement {
	const line = (kind: string, word: string, names: readonly string[]): Child =>
		names.length === 0
			? undefined
			: pen.el(
					'p',
					{ class: `names ${kind}` },
					pen.el('b', {}, `${names.length} ${word} `),
					names.map((name) => pen.el('code', {}, name)),
				);
	return pen.el(
		'div',
		{ class: 'difference' },
		pen.el('h3', {}, titleOf(metric)),
		line('gone', 'gone', gone),
		line('added', 'new', added),
		line('changed', changedWord(metric), changed),
	);
}
