import type { FleetReporter } from '../fleet-reporter.ts';

export interface FleetReporterEntry {
	readonly format: string;
	load(): Promise<FleetReporter>;
}

/** The reporters of many images; one entry each, loaded only when something is printed with it. */
export const fleetReporters: readonly FleetReporterEntry[] = [
	{ format: 'text', load: async () => (await import('./text.ts')).fleetText },
	{ format: 'json', load: async () => (await import('./json.ts')).fleetJson },
	{ format: 'csv', load: async () => (await import('./csv.ts')).fleetCsv },
];
