import type { KnownBase } from '../bases/identify-base.ts';
import { type CompareReport, type CompareRow, schemaVersion } from '../model/report.ts';
import { type Count, tiers } from '../model/surface.ts';
import { differencesBetween } from './differences.ts';
import type { ToldImage } from './kept-report.ts';
import { metricNames } from './metric-names.ts';
import { openBases } from './open-base.ts';
import type { Session } from './session.ts';
import { tellImage } from './tell-image.ts';

/**
 * Images side by side in the order of the spectrum: largest tier first, within a tier by packages, executables and bytes.
 * `bases` are images that they may stand on.
 * @throws FootingError when one of them cannot be had or read
 */
export async function compare(
	session: Session,
	references: readonly string[],
	{ bases = [] }: { readonly bases?: readonly string[] } = {},
): Promise<CompareReport> {
	const named = await openBases(session, bases);
	const images: ToldImage[] = [];
	for (const reference of references) images.push(await read(session, reference, named));
	const sorted = images.map((image, index) => ({ image, index })).sort((a, b) => spectrum(a.image, b.image) || a.index - b.index);
	const ordered = sorted.map(({ image }) => image);
	return {
		schemaVersion,
		kind: 'compare',
		images: ordered.map(({ report }) => report),
		rows: [...metricNames.map((metric) => rowOf(metric, ordered)), abilityRow(ordered)],
		differences: ordered.slice(1).flatMap((image, index) => differencesBetween(ordered[index] as ToldImage, image)),
		problems: ordered.flatMap(({ problems }) => problems),
	};
}

async function read(session: Session, reference: string, named: readonly KnownBase[]): Promise<ToldImage> {
	const told = await tellImage(session, reference, named);
	return { ...told, problems: told.problems.map((p) => ({ ...p, where: `${reference}: ${p.where}` })) };
}

function spectrum(a: ToldImage, b: ToldImage): number {
	const key = ({ report: { system, surface } }: ToldImage): readonly number[] => [
		tiers.indexOf(system.tier),
		-surface.packages.count,
		-surface.executables.count,
		-surface.bytes.count,
	];
	const [left, right] = [key(a), key(b)];
	for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
	return 0;
}

function rowOf(metric: (typeof metricNames)[number], images: readonly ToldImage[]): CompareRow {
	const counts = images.map(({ report }): Count => report.surface[metric]);
	return {
		metric,
		unit: metric === 'bytes' ? 'bytes' : 'count',
		values: counts.map(({ count }) => count),
		atLeast: counts.map(({ atLeast }) => atLeast === true),
	};
}

/** How many of the things somebody may want to do can be done; at least so many where one could not be told. */
function abilityRow(images: readonly ToldImage[]): CompareRow {
	const answers = images.map(({ report: { capabilities = [] } }) => capabilities.map(({ answer }) => answer));
	return {
		metric: 'capabilities',
		unit: 'count',
		values: answers.map((all) => (all.length === 0 ? null : all.filter((answer) => answer === 'holds').length)),
		atLeast: answers.map((all) => all.includes('unknown')),
	};
}
