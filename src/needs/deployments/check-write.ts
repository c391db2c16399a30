import type { Check, Need, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { canCreate } from '../launch/creation.ts';
import { placeOf, realPath } from '../launch/place.ts';
import { homeDirectory } from '../source/javascript/values.ts';
import { refusal } from '../source/refusal.ts';
import { deployed, deployedStanding } from './deployed.ts';
import type { DeploymentNeed } from './deployment-need.ts';
import { groundAt } from './read-only.ts';

/** May what the source writes be written where this deployment runs it: mounts, a read-only root, another user. */
export async function checkWrite(need: Need<DeploymentNeed & { readonly of: 'write' }>, standing: Standing): Promise<Check> {
	const { application, deployment, write } = need.data;
	const on = deployedStanding(application, deployment, standing);
	const { place } = await placeOf(deployed(application, deployment), on);
	const home = place.env.findLast(({ name }) => name === 'HOME')?.value ?? '/';
	const atHome = (path: string): string => path.replace(homeDirectory, home === '/' ? '' : home);
	const path = absolutePath(atHome(write.creation.path), place.workingDir);
	const real = realPath(on.combined, path);
	const { call } = write.creation;
	const refused = (why: 'denied' | 'absent' | 'read-only', at: string, shows: string, hint: string): Check => ({
		need,
		answer: 'fails',
		because: [{ path: at, shows }],
		message: refusal(write.language, why, call, path),
		hint,
	});
	const ground = groundAt(deployment, on.config.volumes, real);
	if (ground.kind === 'mount')
		return ground.writable
			? { need, answer: 'holds', because: [{ path: ground.at, shows: 'is mounted there' }] }
			: refused('read-only', ground.at, 'is mounted read-only', `mount ${ground.at} so that it can be written`);
	if (ground.kind === 'volume') {
		const because = [{ path: ground.at, shows: 'is a VOLUME of the image' }];
		if (ground.writable === true) return { need, answer: 'holds', because };
		return { need, answer: 'unknown', because, hint: 'not every runtime of a cluster mounts the volumes of an image' };
	}
	const there = call === 'mkdir' && on.combined.resolve(path)?.type === 'directory';
	if (!ground.writable && !there)
		return refused('read-only', real, 'no volume lies there', `mount a volume or tmpfs at ${real.slice(0, real.lastIndexOf('/')) || '/'}`);
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
