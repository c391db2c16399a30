import type { Deployment } from '../../model/deployment.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Application, Need } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { atMost } from '../source/fact.ts';
import { homeDirectory } from '../source/javascript/values.ts';
import { writesOf } from '../source/writes.ts';
import { deployed, otherStart } from './deployed.ts';
import type { DeploymentNeed } from './deployment-need.ts';

/** Everything that a deployment asks for beyond what the Dockerfile does. */
export async function findDeployed(application: Application, deployment: Deployment): Promise<readonly Need<DeploymentNeed>[]> {
	return [
		...starts(application, deployment),
		...programs(application, deployment),
		...users(application, deployment),
		...(await writes(application, deployment)),
	];
}

type Asked = DeploymentNeed extends infer T ? (T extends DeploymentNeed ? Omit<T, 'application' | 'deployment'> : never) : never;

function need(
	application: Application,
	deployment: Deployment,
	what: string,
	because: readonly Evidence[],
	asked: Asked,
	certainty: Certainty = deployment.certainty,
): Need<DeploymentNeed> {
	const data = { application, deployment, ...asked } as DeploymentNeed;
	return { kind: 'deployment', what: `${what} (${deployment.name})`, certainty, because, data };
}

function starts(application: Application, deployment: Deployment): readonly Need<DeploymentNeed>[] {
	const because = otherStart(deployment).map((said) => said.because);
	if (because.length === 0) return [];
	const { launch } = deployed(application, deployment);
	const words = [...(launch.entrypoint?.value.argv ?? []), ...(launch.command?.value.argv ?? [])].join(' ').replaceAll('\0', '?');
	const what = words === '' ? 'the start command of the base' : `a start for ${words.slice(0, 120)}`;
	return [need(application, deployment, what, because, { of: 'start' })];
}

function programs(application: Application, deployment: Deployment): readonly Need<DeploymentNeed>[] {
	return deployment.programs.map((program) => {
		const { of, form, argv } = program.value;
		const what = `${form === 'shell' ? 'a shell and the programs' : 'the program'} for the ${of} ${argv.join(' ').replaceAll('\0', '?').slice(0, 120)}`;
		// it is stopped all the same when this hook fails
		const certainty = of === 'preStop hook' ? 'possible' : deployment.certainty;
		return need(application, deployment, what, [program.because], { of: 'program', program }, certainty);
	});
}

function users(application: Application, deployment: Deployment): readonly Need<DeploymentNeed>[] {
	const { user, nonRoot } = deployment;
	const named = user !== undefined && !/^\d{1,9}(:\d{1,9})?$/.test(user.value);
	return [
		...(named ? [need(application, deployment, `the user ${user.value}`, [user.because], { of: 'user' })] : []),
		...(nonRoot === undefined
			? []
			: [need(application, deployment, 'a user that is a number other than 0', [nonRoot.because], { of: 'non-root' })]),
	];
}

/** Another start reaches other source; another user and a read-only root decide where it may write. */
async function writes(application: Application, deployment: Deployment): Promise<readonly Need<DeploymentNeed>[]> {
	const { readOnlyRoot } = deployment;
	const said = readOnlyRoot ?? otherStart(deployment)[0];
	if (said === undefined) return [];
	return (await writesOf(deployed(application, deployment))).map((write) => {
		const path = write.creation.path.replace(homeDirectory, '~');
		const what = readOnlyRoot === undefined ? `permission to write ${path}` : `a place that can be written at ${path}`;
		const because = [write.because, said.because];
		return need(application, deployment, what, because, { of: 'write', write }, atMost(write.certainty, deployment.certainty));
	});
}
