import type { Check, Need, Standing } from '../../model/need.ts';
import { checkNonRoot, checkUser } from '../deployments/check-user.ts';
import { checkWrite } from '../deployments/check-write.ts';
import { deployed, deployedStanding } from '../deployments/deployed.ts';
import type { DeploymentNeed } from '../deployments/deployment-need.ts';
import { findDeployed } from '../deployments/find-deployed.ts';
import { judgeStart, judgeSuccess } from '../launch/judge.ts';
import { placeOf } from '../launch/place.ts';
import { start } from '../launch/start.ts';
import { traceStart } from '../launch/trace.ts';
import { checkStart } from '../linking/check-start.ts';
import type { NeedKind } from '../need-kind.ts';

/** What Compose files and Kubernetes manifests beside the Dockerfile ask of a base when they run its image. */
export const deployment: NeedKind<DeploymentNeed> = {
	kind: 'deployment',
	async find(application) {
		const found: Need<DeploymentNeed>[] = [];
		for (const one of application.deployments ?? []) found.push(...(await findDeployed(application, one)));
		return found;
	},
	async check(need, standing): Promise<Check> {
		const { data } = need;
		if (data.of === 'start') return checkDeployedStart(need, standing);
		if (data.of === 'program') return checkProgram({ ...need, data }, standing);
		if (data.of === 'user') return checkUser(need, standing);
		return data.of === 'non-root' ? checkNonRoot(need, standing) : checkWrite({ ...need, data }, standing);
	},
};

/** Down to the program that stays, and what its loader would say. */
async function checkDeployedStart(need: Need<DeploymentNeed>, standing: Standing): Promise<Check> {
	const { deployment: one } = need.data;
	const application = deployed(need.data.application, one);
	const on = deployedStanding(need.data.application, one, standing);
	const { failure, ...answer } = judgeStart(await traceStart(application, on));
	if (failure !== undefined)
		return {
			need,
			...answer,
			hint: `${one.name} needs ${failure.missing}: choose a base that has it, or start the program otherwise there`,
		};
	if (answer.answer !== 'holds') return { need, ...answer };
	const linked = await checkStart({ ...need, data: { of: 'start', application } }, on);
	return linked.answer === 'holds' ? { need, ...answer } : { ...linked, need };
}

const consequences = {
	'health check': 'the container starts and is then told unhealthy',
	'startup probe': 'the container is never told started and is restarted',
	'liveness probe': 'the kubelet restarts the container, or never learns whether it lives',
	'readiness probe': 'the pod never becomes ready and gets no traffic',
	'postStart hook': 'the kubelet kills the container when this hook fails',
	'preStop hook': 'the container is stopped without it',
} as const;

async function checkProgram(need: Need<DeploymentNeed & { readonly of: 'program' }>, standing: Standing): Promise<Check> {
	const { deployment: one, program } = need.data;
	const { of, form, argv } = program.value;
	const on = deployedStanding(need.data.application, one, standing);
	const { place } = await placeOf(deployed(need.data.application, one), on);
	const words = form === 'exec' ? argv : [...(on.config.shell ?? ['/bin/sh', '-c']), ...argv];
	const { failure, ...answer } = judgeSuccess(await start(words, place, { ...program.because, shows: words.join(' ') }));
	if (failure === undefined) return { need, ...answer };
	return { need, ...answer, message: said(of, failure.message), hint: consequences[of] };
}

/** As the event of the kubelet words it; an engine tells the bare message in the container's health. */
function said(of: keyof typeof consequences, message: string): string {
	const exec = message.startsWith('exec: ') ? `unable to start container process: ${message}` : message;
	if (of === 'health check') return message;
	if (of === 'postStart hook' || of === 'preStop hook')
		return `${of === 'preStop hook' ? 'FailedPreStopHook' : 'FailedPostStartHook'}: ${exec}`;
	return `${of.charAt(0).toUpperCase()}${of.slice(1)} ${exec === message ? 'failed' : 'errored'}: ${exec}`;
}
