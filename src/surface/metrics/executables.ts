import type { Metric } from '../metric.ts';
import { programItem } from '../program-item.ts';

/** Files that the kernel can start: an execute bit and an ELF program or a `#!` line. Each file once. */
export const executables: Metric<'executables'> = {
	title: 'executables',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = scene.programs
				.filter((p) => p.kind !== 'loader')
				.map((p) => programItem(scene, p, p.kind === 'script' ? `script for ${p.interpreter ?? 'the kernel'}` : 'ELF program'));
			return { count: items.length, items };
		},
	}),
};
