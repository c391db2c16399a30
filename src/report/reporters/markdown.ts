import { problemBlock } from '../markdown/blocks.ts';
import { chooseMarkdown } from '../markdown/choose.ts';
import { compareMarkdown } from '../markdown/compare.ts';
import { inspectMarkdown } from '../markdown/inspect.ts';
import type { Reporter } from '../reporter.ts';

/** For a comment of a pull request: GitHub's Markdown, https://github.github.com/gfm. */
export const markdown: Reporter = {
	format: 'markdown',
	kinds: ['inspect', 'compare', 'choose'],
	render(report, { verbose }) {
		const lines = [...body(report, verbose), ...problemBlock(report.problems, verbose)];
		return `${lines.join('\n')}\n`;
	},
};

function body(report: Parameters<Reporter['render']>[0], verbose: boolean): readonly string[] {
	switch (report.kind) {
		case 'inspect':
			return inspectMarkdown(report, verbose);
		case 'compare':
			return compareMarkdown(report, verbose);
		case 'choose':
			return chooseMarkdown(report, verbose);
		default:
			throw new Error(`markdown does not print ${report.kind}`);
	}
}
