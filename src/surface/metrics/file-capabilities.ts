import { readFileCapability } from '../../formats/file-capability.ts';
import { countEntries } from '../count-entries.ts';
import type { Metric } from '../metric.ts';

const attribute = 'security.capability';

/** Regular files with the extended attribute `security.capability`, as `getcap -r` lists them. */
export const fileCapabilities: Metric<'fileCapabilities'> = {
	title: 'files with capabilities',
	unit: 'items',
	begin: (scene) =>
		countEntries(
			scene,
			(e) => e.type === 'file' && e.xattrs?.has(attribute) === true,
			(e) => readFileCapability(e.xattrs?.get(attribute) ?? new Uint8Array(0)),
		),
};
