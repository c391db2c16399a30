import type { Surface } from '../model/surface.ts';

/** The metrics in the order reports show them. */
export const metricNames = [
	'packages',
	'shells',
	'packageManagers',
	'utilities',
	'interpreters',
	'compilers',
	'setuid',
	'setgid',
	'fileCapabilities',
	'worldWritable',
	'executables',
	'libraries',
	'files',
	'bytes',
] as const satisfies readonly (keyof Surface)[];
