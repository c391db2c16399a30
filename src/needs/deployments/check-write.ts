import type { Check, Need, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { canCreate } from '../launch/creation.ts';
import { placeOf } from '../launch/place.ts';
import { homeDirectory } from '../source/javascript/values.ts';
import { refusal } from '../source/refusal.ts';
import { deployed, deployedStanding } from './deployed.ts';
import type { DeploymentNeed } from './deployment-need.ts';
import { mountAt } from './mounted.ts';

/** May what the source writes be written where this deployment runs it: mounts, a read-only root, another user. */
export async function checkWrite(need: Need<DeploymentNeed & { readonly of: 'write' }>, standing: Standing): Promise<Check> {
	const { application, deployment, write } = need.data;
	const on = deployedStanding(application, deployment, standing);
	const { place } = await placeOf(deployed(application, deployment), on);
	const home = place.env.findLast(({ name }) => name === 'HOME')?.value ?? '/';
	const atHome = (path: string): string => path.replace(homeDirectory, home === '/' ? '' : home);
	const path = absolutePath(atHome(write.creation.path), place.workingDir);
	const real = realPath(on, path);
	const { call } = write.creation;
	const refused = (why: 'denied' | 'absent' | 'read-only', at: string, shows: string, hint: string): Check => ({
		need,
		answer: 'fails',
		because: [{ path: at, shows }],
		message: refusal(write.language, why, call, path),
		hint,
	});
	const mount = mountAt(
		deployment.mounts.map(({ value }) => value),
		real,
	);
	if (mount !== undefined)
		return mount.writable
			? { need, answer: 'holds', because: [{ path: mount.at, shows: 'is mounted there' }] }
			: refused('read-only', mount.at, 'is mounted read-only', `mount ${mount.at} so that it can be written`);
	const there = call === 'mkdir' && on.combined.resolve(path)?.type === 'directory';
	if (deployment.readOnlyRoot !== undefined && !there && !/^\/(dev|proc|sys)(\/|$)/.test(real)) {
		const volume = on.config.volumes.map((one) => absolutePath(one, '/')).find((one) => real === one || real.startsWith(`${one}/`));
		if (volume === undefined)
			return refused(
				'read-only',
				real,
				'no volume lies there',
				`mount a volume or tmpfs at ${real.slice(0, real.lastIndexOf('/')) || '/'}`,
			);
		const shows = 'is a VOLUME of the image';
		return deployment.engine === 'compose'
			? { need, answer: 'holds', because: [{ path: volume, shows }] }
			: {
					need,
					answer: 'unknown',
					because: [{ path: volume, shows }],
					hint: 'not every runtime of a cluster mounts the volumes of an image',
				};
	}
	const allowed = canCreate(place, { ...write.creation, path, makes: write.creation.makes.map(atHome) });
	if (allowed.answer === 'yes') return { need, answer: 'holds', because: [{ path: allowed.at, shows: 'may be written' }] };
	if (allowed.answer === 'unknown')
		return {
			need,
			answer: 'unknown',
			because: [{ path: allowed.at, shows: 'is not there' }],
			hint: 'whether the directory is there could not be seen',
		};
	return allowed.answer === 'denied'
		? refused(
				'denied',
				allowed.at,
				`user ${place.who.uid} must not write there`,
				`let ${allowed.at} belong to user ${place.who.uid}, or mount a volume there`,
			)
		: refused('absent', allowed.at, 'is not there', `make ${allowed.at} in the image`);
}

/** Links in the directories above followed, as far as they are there. */
function realPath({ combined }: Standing, path: string): string {
	for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
		const entry = combined.resolve(path.slice(0, end));
		if (entry !== undefined) return `${entry.path === '/' ? '' : entry.path}${path.slice(end)}` || '/';
	}
	return path;
}
