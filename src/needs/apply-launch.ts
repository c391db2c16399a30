import { substitute } from '../formats/dockerfile/substitute.ts';
import type { ImageConfig } from '../model/image.ts';
import type { LaunchPlan } from '../model/need.ts';

/**
 * The configuration of the image that the application's instructions make on a base.
 * Dockerfile reference, "Understand how CMD and ENTRYPOINT interact": an ENTRYPOINT set here empties an inherited CMD;
 * a CMD alone keeps the inherited ENTRYPOINT. ENV adds or replaces by name; the rest replaces. Variables of the base that
 * the plan names as `${NAME}` are put in.
 */
export function applyLaunch(base: ImageConfig, launch: LaunchPlan): ImageConfig {
	const command = launch.command?.value.argv ?? (launch.entrypoint ? [] : base.command);
	const config: ImageConfig = {
		...base,
		user: expanded(launch.user?.value, base.env) ?? base.user,
		entrypoint: launch.entrypoint?.value.argv ?? base.entrypoint,
		command,
		env: mergeEnv(base.env, launch),
		workingDir: workingDir(base, launch),
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
	for (const { value } of launch.env) merged.set(value.name, expanded(value.value, base) ?? '');
	return [...merged].map(([name, value]) => ({ name, value }));
}

/** Braced variables only: the rest of the text was substituted when the plan was made. */
function expanded(text: string | undefined, env: ImageConfig['env']): string | undefined {
	if (!text?.includes('${')) return text;
	const variables = new Map(env.map(({ name, value }) => [name, value]));
	const escaped = text.replace(/["'\\]|\$(?!\{)/g, '\\$&');
	return substitute(escaped, variables).text;
}

/** A relative WORKDIR continues that of the base. */
function workingDir(base: ImageConfig, launch: LaunchPlan): string {
	const own = expanded(launch.workingDir?.value, base.env);
	if (own === undefined) return base.workingDir;
	return own.startsWith('/') ? own : `${base.workingDir.replace(/\/+$/, '')}/${own}`;
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
