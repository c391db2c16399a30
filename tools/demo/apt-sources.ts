import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DemoError } from './run.ts';

/** Where a Debian machine gets its packages from. */
export interface Mirrors {
	readonly archive: string;
	readonly security: string;
}

interface Source {
	readonly uri: string;
	readonly suites: readonly string[];
}

/** The mirrors that this machine's apt is configured with for its own release. */
export function machineMirrors(codename: string): Mirrors {
	const files = ['/etc/apt/sources.list', ...inDirectory('/etc/apt/sources.list.d')].filter((file) => existsSync(file));
	const sources = files.flatMap((file) => readSources(readFileSync(file, 'utf8'), file.endsWith('.sources')));
	const uriFor = (...suites: string[]): string => {
		const found = sources.find((source) => source.suites.some((suite) => suites.includes(suite)));
		if (found === undefined) throw new DemoError(`cannot find the Debian mirror of this machine: no apt source has the suite ${suites[0]}`);
		return found.uri;
	};
	return {
		archive: uriFor(codename, 'stable', 'oldstable'),
		security: uriFor(`${codename}-security`, 'stable-security', 'oldstable-security'),
	};
}

function inDirectory(directory: string): readonly string[] {
	if (!existsSync(directory)) return [];
	const names = readdirSync(directory).filter((name) => /\.(list|sources)$/.test(name));
	return names.sort().map((name) => `${directory}/${name}`);
}

/** sources.list(5): one line per source, or stanzas (deb822). */
export function readSources(text: string, stanzas: boolean): readonly Source[] {
	if (!stanzas) {
		const lines = text.matchAll(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s/gm);
		return [...lines].map(([, uri = '', suite = '']) => ({ uri: uri.replace(/\/$/, ''), suites: [suite] }));
	}
	return text.split(/\n\s*\n/).flatMap((stanza) => {
		const words = (name: string): readonly string[] => new RegExp(`^${name}:(.*)$`, 'mi').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
		if (words('Enabled')[0] === 'no' || !words('Types').includes('deb')) return [];
		return words('URIs').map((uri) => ({ uri: uri.replace(/\/$/, ''), suites: words('Suites') }));
	});
}
