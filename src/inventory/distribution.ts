import type { System } from '../model/package.ts';

/** The namespace of an operating system's package URLs; none when nothing says which system it is. */
export function vendor(system: System): string | undefined {
	return system.id === 'unknown' ? undefined : system.id.toLowerCase();
}

/** The `distro` qualifier, as vulnerability matchers read it: `debian-12`. */
export function distroQualifier(system: System): string | undefined {
	if (system.id === 'unknown') return undefined;
	return system.versionId === undefined ? system.id : `${system.id}-${system.versionId}`;
}
