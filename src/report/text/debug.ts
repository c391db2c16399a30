import type { DebugReport } from '../../model/debug-report.ts';
import { quote } from '../../model/quote.ts';
import { type Page, wrap } from './page.ts';

export function debugText(report: DebugReport, page: Page): readonly string[] {
	const { target, kubernetes } = report;
	return [
		page.paint('bold', quote(target, 120)),
		...(kubernetes === undefined ? containerLines(report, page) : kubernetesLines(kubernetes)),
	];
}

function containerLines({ state, root, user, ran }: DebugReport, page: Page): readonly string[] {
	return [
		...(state === undefined ? [] : stateLines(state, page)),
		...wrap(
			`its files are at ${root}; the toolbox ran as ${user === '' ? 'root' : quote(user, 60)}; nothing was written into it`,
			page.width,
			'',
			2,
		),
		...(ran === undefined ? [] : ['', ...lines(ran.output), page.paint('dim', `exit code ${ran.exitCode}`)]),
	];
}

function stateLines({ running, exitCode, outOfMemory, error, log }: NonNullable<DebugReport['state']>, page: Page): readonly string[] {
	if (running) return ['it runs'];
	const why = outOfMemory ? ', out of memory' : error === '' ? '' : `: ${quote(error, 400)}`;
	return [
		...wrap(`it has ended with exit code ${exitCode}${why}; this is a copy of what it left`, page.width, '', 2),
		...lines(log).map((line) => page.paint('dim', `  ${line}`)),
	];
}

function lines(text: string): readonly string[] {
	return text
		.replace(/\n$/, '')
		.split('\n')
		.map((line) => quote(line.replaceAll('\t', '    ').replace(/\r$/, ''), 2000));
}

function kubernetesLines({ command, custom }: NonNullable<DebugReport['kubernetes']>): readonly string[] {
	return [
		'',
		"cat >footing-debug.json <<'END'",
		...lines(custom),
		'END',
		command.map((word) => quote(word, 300)).join(' '),
		'',
		"In it the container's files are at /proc/1/root, when both have the same user (--user-id).",
	];
}
