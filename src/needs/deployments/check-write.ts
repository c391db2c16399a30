import { access } from '../../formats/access.ts';
import type { Check, Need, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import type { Place } from '../launch/course.ts';
import { canCreate } from '../launch/creation.ts';
import { placeOf, realPath } from '../launch/place.ts';
import { homeDirectory } from '../source/javascript/values.ts';
import { refusal } from '../source/refusal.ts';
import { deployed, deployedStanding } from './deployed.ts';
import type { DeploymentNeed } from './deployment-need.ts';
import { type Ground, groundAt } from './read-only.ts';

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
			? { need, ...onMount(ground, place, standing, refusal(write.language, 'denied', call, path)) }
			: refused('read-only', ground.at, 'is mounted read-only', `mount ${ground.at} so that it can be written`);
	if (ground.kind === 'volume') {
		const because = [{ path: ground.at, shows: 'is a VOLUME of the image' }];
		if (ground.writable === true) return { need, answer: 'holds', because };
		return { need, answer: 'unknown', because, hint: 'not every runtime of a cluster mounts the volumes of an image' };
	}
	const there = call === 'mkdir' && on.combined.resolve(path)?.type === 'directory';
	const parent = real.slice(0, real.lastIndexOf('/')) || '/';
	const absent = on.combined.resolve(parent) === undefined && !place.mayBeThere(parent);
	// mkdir of Node.js reports the directory above, whatever kept it from being made
	if (!ground.writable && !there && absent && (call === 'open' || write.language === 'javascript'))
		return refused('absent', parent, 'is not there and cannot be made', `mount a volume or tmpfs at ${parent}`);
	if (!ground.writable && !there) return refused('read-only', real, 'no volume lies there', `mount a volume or tmpfs at ${parent}`);
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

/** Docker makes a tmpfs root's, and a new volume as the image's directory is; who owns another mount is not known here. */
function onMount(
	{ at, owner }: Extract<Ground, { kind: 'mount' }>,
	{ who }: Place,
	{ combined }: Standing,
	message: string,
): Pick<Check, 'answer' | 'because' | 'message' | 'hint'> {
	const holds = { answer: 'holds', because: [{ path: at, shows: 'is mounted there' }] } as const;
	if (owner === undefined || who.uid === 0) return holds;
	const directory = combined.resolve(at);
	if (owner === 'root') {
		if (directory === undefined || (directory.mode & 0o002) !== 0) return holds;
		const because = [{ path: at, shows: `a tmpfs there belongs to root and has the mode ${directory.mode.toString(8)} of the image` }];
		return { answer: 'fails', because, message, hint: `user ${who.uid} must not write there: give the tmpfs a mode or mount a volume` };
	}
	if (directory !== undefined && access(combined, at, who, 'write').answer === 'yes') return holds;
	const because = [{ path: at, shows: directory === undefined ? 'a new volume there belongs to root' : 'a new volume there is like it' }];
	return { answer: 'unknown', because, hint: `user ${who.uid} may not write into a new volume: make ${at} in the image, owned by it` };
}
