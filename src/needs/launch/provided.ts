import { parseShell } from '../../formats/shell/parse.ts';
import { commandsIn, literalOf } from '../../formats/shell/syntax.ts';
import type { LaunchPlan } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';

/** Package managers that RUN instructions install with, and the words behind which package names stand. */
const managers = new Map<string, readonly string[]>([
	['apt-get', ['install']],
	['apt', ['install']],
	['apk', ['add']],
	['yum', ['install']],
	['dnf', ['install']],
	['microdnf', ['install']],
	['zypper', ['install', 'in']],
]);

/** Programs of packages that are named otherwise; a package also brings the program of its own name. */
const programsOf = new Map<string, readonly string[]>([
	['procps', ['ps', 'top', 'free', 'pgrep', 'pkill']],
	['iproute2', ['ip', 'ss']],
	['iputils-ping', ['ping']],
	['netcat-openbsd', ['nc', 'netcat']],
	['netcat-traditional', ['nc', 'netcat']],
	['postgresql-client', ['psql', 'pg_isready', 'pg_dump']],
	['default-mysql-client', ['mysql', 'mysqladmin']],
	['build-essential', ['gcc', 'g++', 'make', 'cc']],
	['build-base', ['gcc', 'g++', 'make', 'cc']],
	['python3', ['python3']],
	['nodejs', ['node']],
	['shadow', ['useradd', 'groupadd', 'usermod']],
	['gnupg', ['gpg']],
	['xz-utils', ['xz']],
	['imagemagick', ['convert', 'magick', 'identify']],
	['redis-tools', ['redis-cli']],
	['dnsutils', ['dig', 'nslookup']],
	['util-linux', ['setpriv', 'mount']],
]);

/** Names of programs that the packages bring which RUN installs with a package manager that the base has. */
export function providedPrograms(runs: LaunchPlan['runs'], rootfs: Rootfs): ReadonlySet<string> {
	const packages = runs.flatMap(({ value }) => installedPackages(value.text));
	const there = packages.filter(({ manager }) =>
		['/usr/bin', '/bin', '/sbin', '/usr/sbin'].some((place) => rootfs.resolve(`${place}/${manager}`)),
	);
	return new Set(there.flatMap(({ name }) => [name, ...(programsOf.get(name) ?? [])]));
}

export interface InstalledPackage {
	readonly manager: string;
	/** Without version or architecture. */
	readonly name: string;
}

/** Packages that a RUN names for a system package manager to install. */
export function installedPackages(text: string): readonly InstalledPackage[] {
	try {
		return [...commandsIn(parseShell(text))].flatMap(({ words }) => packagesOf(words.map(literalOf)));
	} catch {
		return [];
	}
}

function packagesOf(words: readonly (string | undefined)[]): readonly InstalledPackage[] {
	const sudo = words[0] === 'sudo' ? words.slice(1) : words;
	const manager = sudo[0] ?? '';
	const verbs = managers.get(manager);
	const at = verbs === undefined ? -1 : sudo.findIndex((word) => word !== undefined && verbs.includes(word));
	if (at < 0) return [];
	return sudo.slice(at + 1).flatMap((word, i, all) => {
		const value = /^(-t|--virtual|--repository|-X)$/.test(all[i - 1] ?? '');
		return word === undefined || word.startsWith('-') || value ? [] : [{ manager, name: word.replace(/[=<>~:].*$/, '') }];
	});
}
