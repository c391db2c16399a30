import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keyOf } from './found-package.ts';
import * as peers from './peers.ts';

/** An image as a tool is told of it. */
export interface Subject {
	readonly form: 'oci-layout' | 'docker-archive' | 'registry';
	/** A directory, a file, or `HOST:PORT/NAME:TAG`. */
	readonly place: string;
}

/** A tool in every situation that is timed. */
export interface Runner {
	readonly name: string;
	/** The command line for one image; standard output has one JSON document. */
	command(subject: Subject): readonly string[];
	/** The command line for many; standard output has one document for each, one a line. */
	commandForMany(subjects: readonly Subject[]): readonly string[];
	/** Forgets what was kept between runs; not timed. */
	forget(): void;
	/** The operating system's packages in a document: what all tools look for. bench/packages.ts compares the rest. */
	packages(document: string): readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

export const home = resolve(import.meta.dirname, '..', '.cache', 'bench');

/** Ourselves, with every list that `inspect` gives. */
export function footing(): Runner {
	const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
	const cache = join(home, 'footing-cache');
	const list = join(home, 'images.txt');
	const inspect = [process.execPath, main, 'inspect', '--format', 'json', '--quiet'];
	const text = ({ form, place }: Subject): string => `${form}:${place}`;
	return {
		name: 'footing',
		command: (subject) => [...inspect, text(subject)],
		commandForMany(subjects) {
			writeFileSync(list, subjects.map((subject) => `${text(subject)}\n`).join(''));
			return [...inspect, '--from-file', list];
		},
		forget: () => rmSync(cache, { recursive: true, force: true }),
		packages: (document) => systemPackages(peers.footing(), document),
		env: { FOOTING_CACHE: cache },
	};
}

/** The Trivy that was named, else the one that bench/peers.ts brings. */
export function trivy(named: string | undefined): Runner | undefined {
	const peer = peers.trivy();
	const program = named ?? peer?.command({ form: 'docker-archive', path: '' })[0];
	if (peer === undefined || program === undefined) return undefined;
	const cache = join(home, 'trivy-cache');
	// CycloneDX asks for the inventory alone: no database of vulnerabilities, no secrets
	const scan = [program, '--cache-dir', cache, '--quiet', 'image', '--insecure', '--format', 'cyclonedx', '--offline-scan'];
	const of = ({ form, place }: Subject): readonly string[] => (form === 'registry' ? [place] : ['--input', place]);
	const quoted = (words: readonly string[]): string => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
	return {
		name: 'trivy',
		command: (subject) => [...scan, ...of(subject)],
		commandForMany: (subjects) => [
			'sh',
			'-c',
			subjects.map((subject) => `${quoted([...scan, ...of(subject)])} | tr -d '\\n'; echo`).join('\n'),
		],
		forget: () => rmSync(cache, { recursive: true, force: true }),
		packages: (document) => systemPackages(peer, document),
	};
}

function systemPackages(peer: peers.Peer, document: string): readonly string[] {
	return peer
		.packages(document)
		.filter(({ ecosystem }) => ['deb', 'apk', 'rpm'].includes(ecosystem))
		.map(keyOf);
}
