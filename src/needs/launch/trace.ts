import type { ImageConfig } from '../../model/image.ts';
import type { Application, Standing } from '../../model/need.ts';
import { type Course, failing } from './course.ts';
import { placeOf } from './place.ts';
import { start } from './start.ts';

/** Every way the container of an application that stands on a base can start (ENTRYPOINT and CMD together). */
export async function traceStart(
	application: Application,
	standing: Standing,
	config: ImageConfig = standing.config,
): Promise<readonly Course[]> {
	const { place } = await placeOf(application, standing, config);
	const argv = [...config.entrypoint, ...config.command];
	const { command, entrypoint } = application.launch;
	const because = command?.because ?? entrypoint?.because ?? { path: 'image config', shows: 'ENTRYPOINT and CMD of the base' };
	if (argv.length === 0) return [failing({ kind: 'program', message: 'no command specified', missing: 'CMD', places: [], because })];
	// a working directory that is not there is made by the engine, and entered before the user is set (runc, init_linux.go)
	return start(argv, place, { ...because, shows: argv.join(' ') });
}

/** Every way the health check can go; none when there is no health check. */
export async function traceHealth(
	application: Application,
	standing: Standing,
	config: ImageConfig = standing.config,
): Promise<readonly Course[]> {
	const [form, ...words] = config.healthcheck?.test ?? [];
	if (form !== 'CMD' && form !== 'CMD-SHELL') return [];
	const argv = form === 'CMD' ? words : [...(config.shell ?? ['/bin/sh', '-c']), words.join(' ')];
	const { place } = await placeOf(application, standing, config);
	const because = application.launch.healthcheck?.because ?? { path: 'image config', shows: 'HEALTHCHECK of the base' };
	return start(argv, place, { ...because, shows: argv.join(' ') });
}
