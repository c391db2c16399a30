import { excessTable, ruleTable } from '../../src/bases/describe.ts';
import { configurationPage } from '../../src/configuration/describe.ts';
import { configurationSchema } from '../../src/configuration/json-schema.ts';
import { messageTable } from '../../src/needs/explain/describe.ts';
import { reportSchema } from '../../src/report/schema/json-schema.ts';
import { reportSchemas } from '../../src/report/schema/reports.ts';
import { errorsPage, limitsPage } from './catalogues.ts';
import { between, json } from './text.ts';

/** A file that is made from the code. */
export interface Page {
	/** Relative to the root of the repository. */
	readonly path: string;
	/** The text as it should be; `before` is what is there, for pages of which only a part is made. */
	make(before: string): string;
}

export const pages: readonly Page[] = [
	{ path: 'docs/configuration.md', make: configurationPage },
	{ path: 'docs/errors.md', make: errorsPage },
	{ path: 'docs/limits.md', make: limitsPage },
	{ path: 'schemas/footing.schema.json', make: () => json(configurationSchema()) },
	...[...reportSchemas].map(([kind, node]) => ({ path: `schemas/${kind}.schema.json`, make: () => json(reportSchema(kind, node)) })),
	{ path: 'docs/methods/choosing.md', make: (before) => between(between(before, 'rules', ruleTable()), 'excess', excessTable()) },
	{ path: 'docs/methods/explain.md', make: (before) => between(before, 'messages', messageTable()) },
];
