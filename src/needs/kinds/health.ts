import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { healthChanges } from '../changes/health-change.ts';
import { judgeSuccess } from '../launch/judge.ts';
import { traceHealth } from '../launch/trace.ts';
import type { NeedKind } from '../need-kind.ts';

export interface HealthNeed {
	readonly application: Application;
}

/** Can the health check succeed: its shell and its programs. What it asks is not tried. */
export const health: NeedKind<HealthNeed> = {
	kind: 'health',
	async find(application) {
		const said = application.launch.healthcheck;
		if (said === undefined || said.value.form === 'none') return [];
		const program = said.value.form === 'shell' ? said.value.argv.at(-1) : said.value.argv.join(' ');
		const what = `${said.value.form === 'shell' ? 'a shell and the programs' : 'the program'} for the health check ${program ?? ''}`.trim();
		return [{ kind: 'health', what, certainty: 'required', because: [said.because], data: { application } }];
	},
	async check(need: Need<HealthNeed>, standing: Standing): Promise<Check> {
		const { application } = need.data;
		const { failure, ...answer } = judgeSuccess(await traceHealth(application, standing));
		if (failure === undefined) return { need, ...answer };
		const changes = await healthChanges(application, standing);
		const hint = 'the container starts and is then told unhealthy; let the runtime make the request itself, in exec form';
		return { need, ...answer, hint, ...(changes.length === 0 ? {} : { changes }) };
	},
};
