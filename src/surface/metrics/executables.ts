import type { Metric } from '../metric.ts';
import type { Program } from '../program.ts';
import { programItem } from '../program-item.ts';

/** Files that the kernel can start: an execute bit and an ELF program or a `#!` line. Each file once. */
export const executables: Metric<'executables'> = {
	title: 'executables',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = scene.programs.filter((p) => p.kind !== 'loader').map((p) => programItem(scene, p, whatItIs(p)));
			return { count: items.length, items };
		},
	}),
};

/** `script for /bin/sh`, `ELF program; cannot start here: its loader /lib/ld.so is missing` */
export function whatItIs(program: Program): string {
	const kind = program.kind === 'script' ? `script for ${program.interpreter ?? 'the kernel'}` : 'ELF program';
	return program.cannotStart === undefined ? kind : `${kind}; cannot start here: ${program.cannotStart}`;
}
