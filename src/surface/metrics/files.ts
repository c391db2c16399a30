import type { Metric } from '../metric.ts';

/** `find -type f`: names of regular files; each hard link is one. */
export const files: Metric<'files'> = {
	title: 'files',
	unit: 'items',
	begin() {
		let count = 0;
		return {
			see(entry) {
				if (entry.type === 'file') count += 1;
			},
			finish: () => ({ count }),
		};
	},
};
