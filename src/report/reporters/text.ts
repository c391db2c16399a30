import type { Report } from '../../model/report.ts';
import type { Reporter, ReportOptions } from '../reporter.ts';
import { chooseText } from '../text/choose.ts';
import { compareText } from '../text/compare.ts';
import { debugText } from '../text/debug.ts';
import { explainText } from '../text/explain.ts';
import { fitText } from '../text/fit.ts';
import { inspectText } from '../text/inspect.ts';
import { needsText } from '../text/needs.ts';
import { pageOf } from '../text/page.ts';
import { probeText } from '../text/probe.ts';
import { problemLines } from '../text/problems.ts';
import { verifyText } from '../text/verify.ts';

/** For people, on 80 columns. */
export const text: Reporter = {
	format: 'text',
	kinds: ['inspect', 'compare', 'needs', 'fit', 'verify', 'probe', 'debug', 'explain', 'choose'],
	render(report, options) {
		const page = pageOf(options);
		const lines = [...body(report, options), ...problemLines(page, report.problems)];
		return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
	},
};

function body(report: Report, options: ReportOptions): readonly string[] {
	const page = pageOf(options);
	switch (report.kind) {
		case 'inspect':
			return inspectText(report, page);
		case 'compare':
			return compareText(report, page);
		case 'needs':
			return needsText(report, page);
		case 'fit':
			return fitText(report, page);
		case 'verify':
			return verifyText(report, page);
		case 'probe':
			return probeText(report, page);
		case 'debug':
			return debugText(report, page);
		case 'explain':
			return explainText(report, page);
		case 'choose':
			return chooseText(report, page);
	}
}
