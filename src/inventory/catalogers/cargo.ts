import { formatPurl } from '../../formats/purl.ts';
import { readRustAudit } from '../../formats/rust-audit.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import { builtPrograms } from '../built-programs.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';

/** Crates of Rust programs that were built with `cargo auditable`; into others nothing is written. Crates for the build only are left out. */
export const cargo: Cataloger = {
	name: 'cargo',
	ecosystem: 'cargo',
	reads: [],
	async catalog(rootfs) {
		const { programs, blindSpots } = await builtPrograms(rootfs, 'rust');
		if (programs.length + blindSpots.length === 0) return nothing;
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const { path, notes } of programs) {
			const crates = readRustAudit(notes.rust ?? '');
			if (typeof crates === 'string') problems.push({ code: 'broken-record', where: path, message: crates });
			else packages.push(...crates.filter(({ build }) => !build).map(({ name, version }) => packageOf(path, name, version)));
		}
		return { packages, present: packages.length > 0, problems, blindSpots: [...blindSpots, ...brokenDatabase(problems)] };
	},
};

function packageOf(path: string, name: string, version: string): Package {
	return {
		name,
		version,
		ecosystem: 'cargo',
		purl: formatPurl({ type: 'cargo', name, version }),
		because: { path, shows: `section .dep-v0: ${name} ${version}` },
	};
}
