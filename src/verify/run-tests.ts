import type { ReportedTests } from '../model/report.ts';
import { runToEnd, tail } from './containers.ts';
import type { Workspace } from './engine.ts';
import type { TestPlan } from './plan-tests.ts';

export interface TestRequest {
	readonly image: string;
	readonly flags: readonly string[];
	readonly readOnly: boolean;
	readonly timeoutMs: number;
	/** Is given all that they wrote. */
	readonly record?: (title: string, text: string) => void;
}

/** Runs the application's own tests in the image. A test run that tested nothing proves nothing. */
export async function runTests(workspace: Workspace, plan: TestPlan, request: TestRequest): Promise<ReportedTests> {
	if ('none' in plan) return { answer: 'unknown', command: [], because: plan.none, output: '' };
	const ran = await runToEnd(workspace, { ...request, argv: plan.argv });
	request.record?.(`its tests: ${plan.argv.join(' ')}`, ran.output);
	const told = {
		command: plan.argv,
		because: plan.because,
		exitCode: ran.exitCode,
		durationMs: ran.durationMs,
		output: tail(ran.output),
	};
	if (ran.timedOut) return { ...told, answer: 'fails', timedOut: true, because: `${plan.because}; it did not end in time` };
	if (ran.exitCode !== 0) return { ...told, answer: 'fails' };
	if (testedNothing(ran.output)) return { ...told, answer: 'unknown', because: `${plan.because}; no test was run` };
	return { ...told, answer: 'holds' };
}

/** unittest, node --test and Go end with 0 although they found nothing. */
function testedNothing(output: string): boolean {
	return /^Ran 0 tests in /m.test(output) || /^testing: warning: no tests to run$/m.test(output) || /^(?:#|ℹ) tests 0$/m.test(output);
}
