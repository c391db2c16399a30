import type { Deployment } from '../../model/deployment.ts';
import type { Application, Launch, LaunchPlan, Standing } from '../../model/need.ts';
import { applyLaunch } from '../apply-launch.ts';
import { mounted } from './mounted.ts';

/** Variables that decide which program and which of its files are found. */
const deciding = /^(PATH|LD_(LIBRARY_PATH|PRELOAD)|NODE_(OPTIONS|PATH)|PYTHON(PATH|HOME)|JAVA_TOOL_OPTIONS|CLASSPATH|ENV|BASH_ENV)$/;

/** What of a deployment makes the start another than the Dockerfile's; empty when it is the same. */
export function otherStart({
	entrypoint,
	command,
	workingDir,
	user,
	env,
	readOnlyRoot,
	fixedUser,
}: Deployment): readonly Launch<unknown>[] {
	const variable = env.find(({ value }) => deciding.test(value.name));
	return [entrypoint, command, workingDir, user, variable, readOnlyRoot, fixedUser].filter((said) => said !== undefined);
}

const applications = new WeakMap<Deployment, Application>();

/** The application as a deployment runs it: what the file says instead of what the Dockerfile does. */
export function deployed(application: Application, deployment: Deployment): Application {
	const before = applications.get(deployment);
	if (before !== undefined) return before;
	const hidden = deployment.mounts.filter(({ value: { content } }) => content === 'unknown' || content === 'context');
	const { deployments: _, ...own } = application;
	const made: Application = {
		...own,
		launch: launchOf(application.launch, deployment),
		unseen: [
			...application.unseen,
			...hidden.map(({ value: { at }, because }) => ({
				code: 'unseen-volume',
				where: at,
				message: `${because.path}, line ${because.line}: what is mounted there is not part of the image`,
			})),
		],
	};
	applications.set(deployment, made);
	return made;
}

/** An entry point takes the image's command with it, in Compose as in Kubernetes. */
function launchOf({ command, ...launch }: LaunchPlan, deployment: Deployment): LaunchPlan {
	const { entrypoint: entry, command: words, user, workingDir, env } = deployment;
	const exec = (said: Launch<readonly string[]>): NonNullable<LaunchPlan['command']> => ({
		...said,
		value: { form: 'exec', argv: said.value },
	});
	const own = words === undefined ? (entry === undefined ? command : undefined) : exec(words);
	return {
		...launch,
		...(entry === undefined ? {} : { entrypoint: exec(entry) }),
		...(own === undefined ? {} : { command: own }),
		...(user === undefined ? {} : { user }),
		...(workingDir === undefined ? {} : { workingDir }),
		env: [...launch.env, ...env],
	};
}

const standings = new WeakMap<Standing, WeakMap<Deployment, Standing>>();

/** The same on a base: its configuration, and the tree with the mounts over it. */
export function deployedStanding(application: Application, deployment: Deployment, standing: Standing): Standing {
	const known = standings.get(standing) ?? new WeakMap<Deployment, Standing>();
	standings.set(standing, known);
	const before = known.get(deployment);
	if (before !== undefined) return before;
	const made: Standing = {
		...standing,
		deployment,
		combined: mounted(
			standing.combined,
			deployment.mounts.map(({ value }) => value),
		),
		config: applyLaunch(standing.baseConfig, deployed(application, deployment).launch),
	};
	known.set(deployment, made);
	return made;
}
