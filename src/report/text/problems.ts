import type { Problem } from '../../model/problem.ts';
import { quote } from '../../model/quote.ts';
import { type Page, wrap } from './page.ts';

/** What could not be read comes last and is never left out. */
export function problemLines(page: Page, problems: readonly Problem[]): readonly string[] {
	if (problems.length === 0) return [];
	const shown = page.verbose ? problems : problems.slice(0, 8);
	const rest = problems.length - shown.length;
	return [
		'',
		page.paint('yellow', `Problems (${problems.length}): what they hide is not counted as 0`),
		...shown.flatMap((p) => wrap(`${quote(p.where, 120)}: ${quote(p.message, 400)} (${p.code})`, page.width, '  ', 4)),
		...(rest > 0 ? [`  and ${rest} more; --verbose lists them`] : []),
	];
}
