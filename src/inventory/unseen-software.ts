import type { BlindSpot, System } from '../model/package.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** Distributions that keep a package database we read. */
const databaseOf: ReadonlyMap<string, string> = new Map([
	['debian', 'dpkg'],
	['ubuntu', 'dpkg'],
	['alpine', 'apk'],
	['wolfi', 'apk'],
	['chainguard', 'apk'],
	['rhel', 'rpm'],
	['fedora', 'rpm'],
	['centos', 'rpm'],
	['rocky', 'rpm'],
	['almalinux', 'rpm'],
	['amzn', 'rpm'],
	['ol', 'rpm'],
	['azurelinux', 'rpm'],
	['mariner', 'rpm'],
	['opensuse-leap', 'rpm'],
	['sles', 'rpm'],
]);

/** Blind spots that no cataloger can see by itself: software is there, but no database that would name it. */
export function unseenSoftware(
	rootfs: Rootfs,
	system: System,
	present: readonly string[],
	known: readonly BlindSpot[],
): readonly BlindSpot[] {
	if (present.length > 0 || known.some((s) => s.code === 'missing-database') || !hasPrograms(rootfs)) return [];
	const expected = databaseOf.get(system.id);
	const message =
		expected === undefined
			? 'programs are there, but no package database that Footing reads'
			: `the system is ${system.id}, but its ${expected} database is missing`;
	return [{ code: 'missing-database', hides: ['packages'], message }];
}

function hasPrograms(rootfs: Rootfs): boolean {
	for (const entry of rootfs.entries()) if (entry.content === 'elf') return true;
	return false;
}
