import { countEntries, rights } from '../count-entries.ts';
import type { Metric } from '../metric.ts';

/** `find ! -type l -perm -0002 ! -perm -1000`: what anybody may write and nothing protects. */
export const worldWritable: Metric<'worldWritable'> = {
	title: 'world-writable places',
	unit: 'items',
	begin: (scene) =>
		countEntries(
			scene,
			(e) => e.type !== 'symlink' && (e.mode & 0o1002) === 0o002,
			(e) => `${e.type}, ${rights(e)}`,
		),
};
