import type { Choice, RankedCandidate } from '../model/base.ts';
import type { Application, Need } from '../model/need.ts';
import { bare, type ChooseReport, type Loss, type ReportedCandidate, type ReportedVerification } from '../model/report.ts';
import type { Count, Measurement, Surface } from '../model/surface.ts';
import { metricNames } from './metric-names.ts';
import { reportedFit } from './stand-on.ts';
import { reportedApplication, reportedNeed } from './subject.ts';

/** Metrics whose lists are short by nature and worth showing in full. */
const shown: readonly (keyof Surface)[] = ['shells', 'packageManagers', 'interpreters', 'compilers', 'setuid'];

/** A choice, and with --verify what happened. */
interface Reported {
	readonly choice: Choice;
	readonly verifications?: ReadonlyMap<string, ReportedVerification>;
	readonly proof?: NonNullable<ChooseReport['proof']>;
}

/** The choice with what it stands on, as `choose` reports it. */
export function reportChoice(
	application: Application,
	needs: readonly Need[],
	{ choice, verifications, proof }: Reported,
	written?: string,
): Omit<ChooseReport, 'schemaVersion' | 'kind' | 'problems'> {
	const current = choice.candidates.find((candidate) => candidate.from === 'current');
	const chosen = choice.candidates.find((candidate) => candidate.reference === choice.recommendation?.reference);
	return {
		application: reportedApplication(application),
		profile: choice.profile,
		needs: needs.map(reportedNeed),
		...(current === undefined ? {} : { current: current.reference }),
		candidates: choice.candidates.map((candidate) => reportedCandidate(candidate, verifications?.get(candidate.reference))),
		...(choice.recommendation === undefined || chosen === undefined
			? {}
			: { recommendation: { ...recommended(choice.recommendation, chosen, current), ...(written === undefined ? {} : { written }) } }),
		...(choice.noneBecause === undefined ? {} : { noneBecause: choice.noneBecause }),
		...(proof === undefined ? {} : { proof }),
	};
}

function recommended(
	recommendation: NonNullable<Choice['recommendation']>,
	chosen: RankedCandidate,
	current: RankedCandidate | undefined,
): NonNullable<ChooseReport['recommendation']> {
	const { reference, tier, because, notCovered, next, neighbours } = recommendation;
	const fit = chosen.fit === undefined ? undefined : reportedFit(chosen.fit);
	return {
		reference,
		tier,
		because,
		changes: fit?.changes ?? [],
		...(fit?.patch === undefined ? {} : { patch: fit.patch }),
		losses: lossesBetween(current?.measurement, chosen.measurement),
		notCovered,
		...(next === undefined ? {} : { next }),
		...(neighbours === undefined ? {} : { neighbours }),
	};
}

function lossesBetween(before: Measurement | undefined, after: Measurement | undefined): readonly Loss[] {
	if (before === undefined || after === undefined) return [];
	return [
		...metricNames.flatMap((metric) => lossOf(metric, before.surface[metric], after.surface[metric])),
		...abilitiesLost(before, after),
	];
}

function lossOf(metric: keyof Surface, had: Count, has: Count): readonly Loss[] {
	const kept = new Set((has.items ?? []).map((item) => item.name));
	const gone = new Set((had.items ?? []).map((item) => item.name).filter((name) => !kept.has(name)));
	return had.count === has.count && gone.size === 0
		? []
		: [{ metric, before: had.count, after: has.count, gone: ['files', 'bytes'].includes(metric) ? [] : [...gone].sort() }];
}

/** What could be done and cannot any more; what is not known counts as possible. */
function abilitiesLost(before: Measurement, after: Measurement): readonly Loss[] {
	const possible = ({ capabilities }: Measurement): readonly string[] =>
		capabilities.filter(({ answer }) => answer !== 'fails').map(({ title }) => title);
	const [had, has] = [possible(before), possible(after)];
	const gone = had.filter((title) => !has.includes(title));
	return gone.length === 0 ? [] : [{ metric: 'capabilities', before: had.length, after: has.length, gone }];
}

function reportedCandidate(candidate: RankedCandidate, verification: ReportedVerification | undefined): ReportedCandidate {
	const { reference, from, digest, measurement, excess, rank, failed, system, trace } = candidate;
	return {
		reference,
		from,
		...(digest === undefined ? {} : { digest }),
		...(system === undefined
			? {}
			: {
					system: {
						id: system.id,
						...(system.versionId === undefined ? {} : { versionId: system.versionId }),
						...(system.name === undefined ? {} : { name: system.name }),
						libc: system.libc.family,
					},
				}),
		...(measurement === undefined ? {} : { tier: measurement.tier, surface: shortened(measurement.surface) }),
		...(candidate.fit === undefined ? {} : { fit: reportedFit(candidate.fit) }),
		...(excess === undefined ? {} : { excess }),
		endOfLife: candidate.endOfLife ?? [],
		...(rank === undefined ? {} : { rank }),
		because: [candidate.because],
		trace,
		...(verification === undefined ? {} : { verification }),
		...(failed === undefined ? {} : { failed }),
	};
}

function shortened(surface: Surface): Surface {
	const names = Object.keys(surface) as (keyof Surface)[];
	const pairs = names.map((name) => {
		const count = surface[name];
		const extra = Object.fromEntries(Object.entries(count).filter(([key]) => key.startsWith('by')));
		return [name, shown.includes(name) ? count : { ...extra, ...bare(count) }];
	});
	return Object.fromEntries(pairs) as unknown as Surface;
}
