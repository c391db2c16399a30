import type { ExplainReport } from '../../src/model/explain-report.ts';
import { fitReport, head, hostile } from './reports.ts';

/** As `footing explain` would make it, written by hand. */
export const explainReport: ExplainReport = {
	...head,
	problems: [],
	kind: 'explain',
	image: 'shop:1',
	exitCode: 127,
	answer: 'holds',
	meanings: [
		{
			kind: 'start-missing',
			message: `exec /app: no such file or directory ${hostile}`,
			what: 'the kernel cannot start /app: it, the interpreter in its #! line, or the loader that it names is not there',
			causes: [
				{
					what: 'exec /app: no such file or directory',
					answer: 'holds',
					because: [{ path: '/app', layer: 3, shows: '/lib64/ld-linux-x86-64.so.2' }],
					hint: 'the file is there, but its loader /lib64/ld-linux-x86-64.so.2 (glibc) is not: this base has musl. Build it there or link it statically',
				},
			],
		},
		{
			kind: 'exit-code',
			message: 'exit code 127',
			what: 'what is to be started, or a library that it needs, is not there',
			causes: [
				{ what: '/app cannot be started', answer: 'fails', because: [{ path: '/app', shows: `is there ${hostile}` }] },
				{ what: 'another file system hides it', answer: 'unknown', because: [], hint: 'look at the mounts' },
			],
		},
	],
	checks: fitReport.bases[1]?.checks.slice(0, 1) ?? [],
};
