import type { InspectReport, ReportedBase } from '../../model/report.ts';
import type { CapabilityAnswer, Count, Item, Surface } from '../../model/surface.ts';
import { abilityCount, abilityNames, hasInherent } from '../text/abilities.ts';
import { countText, metricTitles } from '../text/metrics.ts';
import { bytesText } from '../text/page.ts';
import { details, evidence, names, plural, table } from './blocks.ts';
import { blindSpots, inherentNote, untrue } from './compare.ts';
import { code, prose } from './escape.ts';

/** The lists that are worth opening in a pull request, and how many of their rows. */
const opened = ['shells', 'packageManagers', 'interpreters', 'compilers', 'setuid', 'setgid', 'fileCapabilities', 'worldWritable'] as const;
const openedRows = 40;

export function inspectMarkdown(report: InspectReport, verbose: boolean): readonly string[] {
	const { image, system, surface, coverage, base, capabilities = [] } = report;
	const size = image.sizeBytes.compressed === undefined ? '' : `, ${bytesText(image.sizeBytes.compressed)} to transfer`;
	const past = system.endOfLife.filter((end) => end.past);
	return [
		`### Attack surface of ${code(image.reference)}`,
		'',
		`**${system.tier}** (${prose(system.tierBecause.join('; '))}). ${code(system.name ?? system.id)} · ${code(`${system.libc.family} ${system.libc.version ?? ''}`.trim())} · ${code(image.platform)} · ${plural(image.layers.length, 'layer')}${size} · runs as ${code(image.config.user === '' ? 'root' : image.config.user)}`,
		...(base === undefined ? [] : standsOn(base)),
		...untrue(report),
		...past.flatMap(({ what, date }) => ['', `**${prose(what)} is past its end of support** (${prose(date)}).`]),
		'',
		...table([{ title: '' }, { title: '', align: 'right' }, { title: 'which' }], metricRows(surface, verbose)),
		...(capabilities.length > 0 ? abilities(capabilities, verbose) : utilitiesFor(surface)),
		'',
		`Executables owned by a package: ${coverage.executables.owned}; by none: ${coverage.executables.unowned}.`,
		...(coverage.ghostPackages.count === 0 ? [] : ['', `Packages whose files are gone: ${coverage.ghostPackages.count}.`]),
		...blindSpots(report),
		...opened.flatMap((metric) => openList(metricTitles[metric], surface[metric])),
	];
}

function metricRows(surface: Surface, verbose: boolean): readonly (readonly string[])[] {
	return (Object.keys(metricTitles) as (keyof Surface)[]).map((metric) => {
		const short = (opened as readonly string[]).includes(metric) || metric === 'utilities';
		const items = short ? (surface[metric].items ?? []) : [];
		return [
			metricTitles[metric],
			countText(metric, surface[metric]),
			names(
				items.map(({ name }) => name),
				verbose,
			),
		];
	});
}

function standsOn({ answer, candidates, because }: ReportedBase): readonly string[] {
	if (candidates.length === 0) return [];
	const names = candidates.map(({ reference }) => code(reference)).join(', ');
	return ['', answer === 'holds' ? `Stands on ${names}.` : `May stand on ${names}: ${prose(because)}.`];
}

/** What somebody can do who may start programs here, and by which of them. */
function abilities(capabilities: readonly CapabilityAnswer[], verbose: boolean): readonly string[] {
	const rows = capabilities.map((ability) => [
		ability.title,
		abilityCount(ability).replace('*', '\\*'),
		ability.answer === 'holds' ? names(abilityNames(ability), verbose) : prose(ability.because),
	]);
	return [
		'',
		...table([{ title: 'what somebody can do here' }, { title: 'ways', align: 'right' }, { title: 'with' }], rows),
		...(hasInherent(capabilities) ? ['', inherentNote] : []),
	];
}

function utilitiesFor({ utilities }: Surface): readonly string[] {
	const pairs = Object.entries(utilities.byCapability).filter(([, count]) => count > 0);
	return pairs.length === 0
		? []
		: ['', `What the utilities are good for: ${pairs.map(([name, count]) => `${code(name)} ${count}`).join(' · ')}`];
}

function openList(title: string, { items = [] }: Count): readonly string[] {
	const rows = items.slice(0, openedRows).map(row);
	const more = items.length - rows.length;
	return details(
		`${title}: ${items.length}`,
		items.length === 0
			? []
			: [
					...table([{ title: 'name' }, { title: 'path' }, { title: 'package' }, { title: 'because' }], rows),
					...(more > 0 ? ['', `and ${more} more`] : []),
				],
	);
}

function row({ name, version, path, package: owner, because }: Item): readonly string[] {
	const first = because[0];
	return [
		code(version === undefined ? name : `${name} ${version}`),
		code(path ?? ''),
		owner === undefined ? 'none' : code(owner),
		first === undefined ? '' : evidence(first),
	];
}
