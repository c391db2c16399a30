import type { Metric, MetricName } from '../metric.ts';
import { bytes } from './bytes.ts';
import { compilers } from './compilers.ts';
import { executables } from './executables.ts';
import { fileCapabilities } from './file-capabilities.ts';
import { files } from './files.ts';
import { interpreters } from './interpreters.ts';
import { libraries } from './libraries.ts';
import { packageManagers } from './package-managers.ts';
import { packages } from './packages.ts';
import { setgid } from './setgid.ts';
import { setuid } from './setuid.ts';
import { shells } from './shells.ts';
import { utilities } from './utilities.ts';
import { worldWritable } from './world-writable.ts';

/** In the order of reports. */
export const metrics: { readonly [K in MetricName]: Metric<K> } = {
	packages,
	shells,
	packageManagers,
	utilities,
	interpreters,
	compilers,
	setuid,
	setgid,
	fileCapabilities,
	worldWritable,
	executables,
	libraries,
	files,
	bytes,
};
