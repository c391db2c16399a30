import { excessOrder } from './excess.ts';
import { rules } from './rules/index.ts';

/** The table of rules in Markdown, heaviest first, as docs/methods/choosing.md shows it. */
export function ruleTable(): string {
	const rows = rules.map(({ id, effect, when, why }) => `| \`${id}\` | ${effect} | ${when} | ${why} |`);
	return ['| rule | effect | when | why |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The order of excess as a numbered list. */
export function excessTable(): string {
	return excessOrder.map(({ name, because }, index) => `${index + 1}. **${name}**: ${because}`).join('\n');
}
