import { capabilityNames, capabilityTitles } from '../../model/capability.ts';
import { quote } from '../../model/quote.ts';
import { tiers } from '../../model/surface.ts';
import { abilityCount, abilityNames, hasInherent } from '../text/abilities.ts';
import { changedWord, countText, grouped, metricTitles, namedLosses, titleOf } from '../text/metrics.ts';
import { bytesText } from '../text/page.ts';
import * as abilities from './page/abilities.ts';
import * as bars from './page/bars.ts';
import * as choice from './page/choice.ts';
import * as columns from './page/columns.ts';
import * as images from './page/images.ts';
import * as lists from './page/lists.ts';
import * as main from './page/main.ts';
import * as matrix from './page/matrix.ts';
import * as pen from './page/pen.ts';
import * as proof from './page/proof.ts';
import * as section from './page/section.ts';
import * as space from './page/space.ts';
import * as spectrum from './page/spectrum.ts';
import * as treemap from './page/treemap.ts';

/** The modules that run in the page. They hold nothing but exported functions, so that the text of those is all of them. */
export const modules: readonly Readonly<Record<string, unknown>>[] = [
	abilities,
	bars,
	choice,
	columns,
	images,
	lists,
	main,
	matrix,
	pen,
	proof,
	section,
	space,
	spectrum,
	treemap,
];

/** What they use of the rest of the program. */
export const borrowed = {
	functions: [abilityCount, abilityNames, hasInherent, quote, changedWord, grouped, countText, titleOf, bytesText],
	values: { capabilityNames, capabilityTitles, tiers, metricTitles, namedLosses },
} as const;

/** The page's script: the same functions that are checked and tested here, as text. See docs/decisions/page-without-a-bundler.md. */
export function pageScript(): string {
	const values = Object.entries(borrowed.values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
	const functions = [...borrowed.functions, ...modules.flatMap((one) => Object.values(one))].map(String);
	return `(() => {\n'use strict';\n${[...values, ...functions].join('\n')}\nmain(document, window);\n})();\n`;
}
