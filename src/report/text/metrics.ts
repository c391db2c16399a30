import type { Count, Surface } from '../../model/surface.ts';
import { bytesText } from './page.ts';

/** How people call the metrics. */
export const metricTitles: Readonly<Record<keyof Surface, string>> = {
	packages: 'packages',
	shells: 'shells',
	packageManagers: 'pkg managers',
	utilities: 'utilities',
	interpreters: 'interpreters',
	compilers: 'compilers',
	setuid: 'setuid files',
	setgid: 'setgid files',
	fileCapabilities: 'file caps',
	worldWritable: 'world-writable',
	executables: 'executables',
	libraries: 'libraries',
	files: 'files',
	bytes: 'size',
};

export function titleOf(metric: string): string {
	return (metricTitles as Readonly<Record<string, string>>)[metric] ?? metric;
}

/** Of what goes, the metrics whose names say something; of the others the number does. */
export const namedLosses: readonly string[] = [
	'shells',
	'packageManagers',
	'utilities',
	'interpreters',
	'compilers',
	'setuid',
	'capabilities',
];

/** What is still there, and not as it was. */
export function changedWord(metric: string): string {
	return metric === 'capabilities' ? 'in another number of ways' : 'other version';
}

/** A number that could not see everything prints as "≥N" and never as a clean 0. */
export function countText(metric: string, count: Count): string {
	const text = metric === 'bytes' ? bytesText(count.count) : grouped(count.count);
	return count.atLeast === true ? `≥${text}` : text;
}

/** `12,345`: Intl, loaded for this alone, would take 10 ms. */
export function grouped(count: number): string {
	return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
