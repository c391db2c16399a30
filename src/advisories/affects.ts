import type { OsvAffected, OsvEvent, OsvRecord } from '../formats/osv.ts';
import type { Verdict } from '../model/verdict.ts';
import type { VersionOrder } from './version-order.ts';
import { versionOrders } from './version-orders/index.ts';

/** OSV ecosystems and the package-URL type whose version order they use. */
const typeOf: ReadonlyMap<string, string> = new Map([
	['Debian', 'deb'],
	['Ubuntu', 'deb'],
]);

/** An installed package as advisories name it: Debian's are about source packages. */
export interface Installed {
	/** `Debian:12` */
	readonly ecosystem: string;
	readonly name: string;
	readonly version: string;
}

/**
 * Whether a record says that a package is affected (OSV schema, "Evaluation"): `holds` when it is. `unknown` when no version
 * order is registered for the ecosystem or a range is of a type that versions cannot answer (GIT).
 */
export function affects(record: OsvRecord, installed: Installed): Verdict {
	if (record.withdrawn !== undefined) return 'fails';
	const entries = record.affected.filter(({ ecosystem, name }) => ecosystem === installed.ecosystem && name === installed.name);
	const answers = entries.map((entry) => affectedBy(entry, installed));
	if (answers.includes('holds')) return 'holds';
	return answers.includes('unknown') ? 'unknown' : 'fails';
}

function affectedBy(entry: OsvAffected, { ecosystem, version }: Installed): Verdict {
	if (entry.versions.includes(version)) return 'holds';
	const type = typeOf.get(ecosystem.split(':')[0] ?? '');
	const order = versionOrders.find((one) => one.ecosystem === type);
	const answers = entry.ranges.map((range): Verdict => {
		if (order === undefined || range.type !== 'ECOSYSTEM') return 'unknown';
		return isWithin(range.events, version, order) ? 'holds' : 'fails';
	});
	if (answers.includes('holds')) return 'holds';
	return answers.includes('unknown') ? 'unknown' : 'fails';
}

/** The last event at or below the version decides. "0" is before every version; at equal versions a fix comes last. */
function isWithin(events: readonly OsvEvent[], version: string, order: VersionOrder): boolean {
	const compare = (a: string, b: string): number => (a === '0' ? (b === '0' ? 0 : -1) : b === '0' ? 1 : order.compare(a, b));
	const sorted = [...events].sort(
		(a, b) => compare(a.version, b.version) || (a.kind === 'introduced' ? -1 : b.kind === 'introduced' ? 1 : 0),
	);
	let affected = false;
	for (const { kind, version: at } of sorted) {
		const step = at === '0' ? 1 : order.compare(version, at);
		if (kind === 'introduced' && step >= 0) affected = true;
		if ((kind === 'fixed' || kind === 'limit') && step >= 0) affected = false;
		if (kind === 'last_affected' && step > 0) affected = false;
	}
	return affected;
}
