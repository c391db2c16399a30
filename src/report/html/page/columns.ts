import type { ImageReport, ReportedCandidate } from '../../../model/report.ts';
import { type Surface, type Tier, tiers } from '../../../model/surface.ts';
import type { Shown } from './dom.ts';

/** One image on the page: what all kinds of report have in common. */
export interface Column {
	/** From 1; the image's sign where there is no room for its name. */
	readonly number: number;
	readonly reference: string;
	/** The end of the reference. */
	readonly label: string;
	readonly tier: Tier;
	readonly surface: Surface;
	readonly system: string;
	readonly libc: string;
	readonly image?: ImageReport;
	readonly candidate?: ReportedCandidate;
}

/** In the order of the spectrum, as `compare` has them already. */
export function columnsOf(report: Shown): readonly Column[] {
	if (report.kind === 'inspect') return [imageColumn(report, 0)];
	if (report.kind === 'compare') return report.images.map(imageColumn);
	const columns = report.candidates.flatMap((candidate, index) => candidateColumn(candidate, index) ?? []);
	return columns.sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || b.surface.executables.count - a.surface.executables.count);
}

export function imageColumn(image: ImageReport, index: number): Column {
	const { system, surface } = image;
	return {
		number: index + 1,
		reference: image.image.reference,
		label: shortReference(image.image.reference),
		tier: system.tier,
		surface,
		system: system.name ?? `${system.id} ${system.versionId ?? ''}`.trim(),
		libc: `${system.libc.family} ${system.libc.version ?? ''}`.trim(),
		image,
	};
}

/** Undefined for a candidate that could not be measured. */
export function candidateColumn(candidate: ReportedCandidate, index: number): Column | undefined {
	const { reference, tier, surface, system } = candidate;
	if (tier === undefined || surface === undefined) return undefined;
	return {
		number: index + 1,
		reference,
		label: shortReference(reference),
		tier,
		surface,
		system: system?.name ?? `${system?.id ?? ''} ${system?.versionId ?? ''}`.trim(),
		libc: system?.libc ?? '',
		candidate,
	};
}

/** `nodejs24-debian13:nonroot` of a long reference; a digest is cut. */
export function shortReference(reference: string): string {
	const last =
		reference
			.replace(/@sha256:([0-9a-f]{6})[0-9a-f]*$/, '@$1…')
			.split('/')
			.at(-1) ?? reference;
	return last.length > 34 ? `${last.slice(0, 16)}…${last.slice(-16)}` : last;
}
