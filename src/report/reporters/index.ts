import type { Reporter } from '../reporter.ts';

export interface ReporterEntry {
	readonly format: string;
	load(): Promise<Reporter>;
}

/** The reporters; one entry each, loaded only when something is printed with it. */
export const reporters: readonly ReporterEntry[] = [
	{ format: 'text', load: async () => (await import('./text.ts')).text },
	{ format: 'json', load: async () => (await import('./json.ts')).json },
	{ format: 'markdown', load: async () => (await import('./markdown.ts')).markdown },
	{ format: 'csv', load: async () => (await import('./csv.ts')).csv },
	{ format: 'html', load: async () => (await import('./html.ts')).html },
];
