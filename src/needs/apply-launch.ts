import type { ImageConfig } from '../model/image.ts';
import type { LaunchPlan } from '../model/need.ts';

/**
 * The configuration of the image that the application's instructions make on a base.
 * Dockerfile reference, "Understand how CMD and ENTRYPOINT interact": an ENTRYPOINT set here empties an inherited CMD;
 * a CMD alone keeps the inherited ENTRYPOINT. ENV adds or replaces by name; the rest replaces.
 */
export function applyLaunch(base: ImageConfig, launch: LaunchPlan): ImageConfig {
	const command = launch.command?.value.argv ?? (launch.entrypoint ? [] : base.command);
	const config: ImageConfig = {
		...base,
		user: launch.user?.value ?? base.user,
		entrypoint: launch.entrypoint?.value.argv ?? base.entrypoint,
		command,
		env: mergeEnv(base.env, launch),
		workingDir: launch.workingDir?.value ?? base.workingDir,
		exposedPorts: union(base.exposedPorts, launch.exposedPorts),
		volumes: union(base.volumes, launch.volumes),
	};
	const shell = launch.shell?.value ?? base.shell;
	const stopSignal = launch.stopSignal?.value ?? base.stopSignal;
	const test = healthcheck(launch);
	return {
		...config,
		...(shell === undefined ? {} : { shell }),
		...(stopSignal === undefined ? {} : { stopSignal }),
		...(test === undefined ? {} : { healthcheck: { test } }),
	};
}

function mergeEnv(base: ImageConfig['env'], launch: LaunchPlan): ImageConfig['env'] {
	const merged = new Map(base.map(({ name, value }) => [name, value]));
	for (const { value } of launch.env) merged.set(value.name, value.value);
	return [...merged].map(([name, value]) => ({ name, value }));
}

function union(base: readonly string[], own: LaunchPlan['volumes']): readonly string[] {
	return [...new Set([...base, ...own.map((item) => item.value)])];
}

function healthcheck(launch: LaunchPlan): readonly string[] | undefined {
	const own = launch.healthcheck?.value;
	if (own === undefined) return undefined;
	if (own.form === 'none') return ['NONE'];
	return own.form === 'exec' ? ['CMD', ...own.argv] : ['CMD-SHELL', own.argv.at(-1) ?? ''];
}
