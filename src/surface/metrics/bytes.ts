import type { Metric } from '../metric.ts';

/** Apparent size of all regular files, each once however many names it has. */
export const bytes: Metric<'bytes'> = {
	title: 'bytes in files',
	unit: 'bytes',
	begin() {
		const seen = new Set<number>();
		let count = 0;
		return {
			see(entry) {
				if (entry.type !== 'file' || seen.has(entry.inode)) return;
				seen.add(entry.inode);
				count += entry.size;
			},
			finish: () => ({ count }),
		};
	},
};
