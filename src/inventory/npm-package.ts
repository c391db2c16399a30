import { formatPurl } from '../formats/purl.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';

/** A package of the npm registry's kind; an empty version: it says none. */
export function npmPackage(name: string, version: string, because: Evidence): Package {
	const slash = name.startsWith('@') ? name.indexOf('/') : -1;
	const namespace = slash === -1 ? undefined : name.slice(0, slash);
	return { name, version, ecosystem: 'npm', purl: formatPurl({ type: 'npm', namespace, name: name.slice(slash + 1), version }), because };
}
