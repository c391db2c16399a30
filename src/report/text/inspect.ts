import { quote } from '../../model/quote.ts';
import type { ImageReport, InspectReport } from '../../model/report.ts';
import type { Count, Item, Surface } from '../../model/surface.ts';
import { abilityNames, hasInherent } from './abilities.ts';
import { countText, metricTitles } from './metrics.ts';
import { bytesText, type Page, shorten, someOf, wrap } from './page.ts';

/** The image's surface on one screen; `--verbose` opens every list. */
export function inspectText(report: InspectReport, page: Page): readonly string[] {
	return [
		...headLines(report, page),
		...nameLines(report, page),
		'',
		...metricLines(report, page),
		...abilityLines(report, page),
		...utilityLines(report, page),
		...coverageLines(report, page),
	];
}

function headLines({ image, system }: ImageReport, page: Page): readonly string[] {
	const { libc } = system;
	const what = [system.name ?? system.id, `${libc.family}${libc.version === undefined ? '' : ` ${libc.version}`}`, image.platform];
	const transfer = image.sizeBytes.compressed === undefined ? '' : `, ${bytesText(image.sizeBytes.compressed)} to transfer`;
	return [
		page.paint('bold', shorten(image.reference, page.width)),
		...wrap(
			`${quote(what.join(' · '))} · ${image.layers.length} ${image.layers.length === 1 ? 'layer' : 'layers'}${transfer}`,
			page.width,
			'  ',
			2,
		),
		...(image.digest === undefined ? [] : [page.paint('dim', `  ${quote(image.digest)}`)]),
		...wrap(`${page.paint('bold', system.tier)}: ${quote(system.tierBecause.join('; '), 600)}`, page.width, '  tier ', 4),
		`  runs as ${quote(image.config.user === '' ? 'root (no USER)' : image.config.user)}`,
		...system.endOfLife
			.filter(({ past }) => past || page.verbose)
			.map((end) => page.paint(end.past ? 'yellow' : 'dim', `  ${quote(end.what)}: end of support ${end.date}${end.past ? ', past' : ''}`)),
	];
}

/** The base it stands on, and what it is called that is not so. */
function nameLines({ base, claims = [] }: ImageReport, page: Page): readonly string[] {
	const [first] = base?.candidates ?? [];
	const untrue = claims.filter(({ answer }) => answer === 'fails');
	return [
		...(base?.answer === 'holds' && first !== undefined ? wrap(quote(first.reference), page.width, '  stands on ', 4) : []),
		...untrue.flatMap(({ claim, because }) =>
			wrap(page.paint('yellow', quote(`${claim}: ${because}`, 400)), page.width, '  not what it is called: ', 4),
		),
	];
}

function metricLines({ surface }: ImageReport, page: Page): readonly string[] {
	const names = Object.keys(metricTitles) as (keyof Surface)[];
	const listed = new Set<keyof Surface>([
		'shells',
		'packageManagers',
		'utilities',
		'interpreters',
		'compilers',
		'setuid',
		'setgid',
		'fileCapabilities',
		'worldWritable',
	]);
	return names.flatMap((name) => {
		const count: Count = surface[name];
		const head = `  ${metricTitles[name].padEnd(18)}${countText(name, count).padStart(8)}  `;
		const items = listed.has(name) || (page.verbose && name !== 'files') ? (count.items ?? []) : [];
		if (page.verbose) return [head, ...items.map((item) => itemLine(item, page))];
		if (name === 'packages') return [head + ecosystems(surface, page.width - head.length)];
		const byPath = name === 'setuid' || name === 'setgid' || name === 'fileCapabilities' || name === 'worldWritable';
		return [
			head +
				someOf(
					items.map((item) => (byPath ? (item.path ?? item.name) : item.name)),
					Math.max(20, page.width - head.length),
				),
		];
	});
}

/** Of which kinds the packages are, where they are of several. */
function ecosystems({ packages }: Surface, width: number): string {
	const kinds = Object.entries(packages.byEcosystem).filter(([, count]) => count > 0);
	return kinds.length < 2
		? ''
		: someOf(
				kinds.map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`),
				width,
			);
}

function itemLine(item: Item, page: Page): string {
	const evidence = item.because.map((b) => b.shows).join('; ');
	const owner = item.package === undefined ? '' : ` (${item.package})`;
	return shorten(
		`      ${item.name}${item.path === undefined || item.path === item.name ? '' : ` ${item.path}`}${owner}  ${evidence}`,
		Math.max(page.width, 160),
	);
}

/** What somebody can do who may start programs here, and by which of them. */
function abilityLines({ capabilities = [] }: ImageReport, page: Page): readonly string[] {
	if (capabilities.length === 0) return [];
	const lines = capabilities.flatMap((ability) => {
		const { title, answer, because, ways } = ability;
		const head = `  ${title.padEnd(23)}`;
		if (answer !== 'holds') return wrap(quote(answer === 'unknown' ? `unknown: ${because}` : 'nothing found', 300), page.width, head, 25);
		const short = [head + someOf(abilityNames(ability), Math.max(20, page.width - head.length))];
		return page.verbose
			? [...short, ...ways.map((way) => shorten(`      ${way.through} ${way.path}  ${way.because}`, Math.max(page.width, 160)))]
			: short;
	});
	return [
		'',
		'What somebody can do here',
		...lines,
		...(hasInherent(capabilities) ? ["  * the application's own runtime: it stays whatever base is chosen"] : []),
	];
}

/** Told by what can be done, where that is known; opened, by the utilities too. */
function utilityLines({ surface, capabilities }: ImageReport, page: Page): readonly string[] {
	const pairs = Object.entries(surface.utilities.byCapability).filter(([, n]) => n > 0);
	if (pairs.length === 0 || (capabilities !== undefined && !page.verbose)) return [];
	return [
		'',
		'What the utilities are good for',
		...wrap(pairs.map(([name, n]) => `${quote(name)}\u00a0${n}`).join(' · '), page.width, '  ', 2),
	].map((line) => line.replaceAll('\u00a0', ' '));
}

function coverageLines({ coverage }: ImageReport, page: Page): readonly string[] {
	const { owned, unowned } = coverage.executables;
	return [
		'',
		`Executables owned by a package: ${owned}; by none: ${unowned}`,
		...(coverage.ghostPackages.count === 0 ? [] : [`Packages whose files are gone: ${coverage.ghostPackages.count}`]),
		...coverage.blindSpots.flatMap((spot) => wrap(page.paint('yellow', quote(spot.message, 400)), page.width, '  could not see: ', 4)),
	];
}
