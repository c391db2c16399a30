import type { Way } from '../model/surface.ts';
import { type Tools, wayOf } from './tools.ts';

/** Programs that hand a command to another user; without a setuid bit they need root. */
const switchers: ReadonlySet<string> = new Set('chpst doas gosu runuser setpriv setuidgid sg su su-exec sudo'.split(' '));

/**
 * Files with which a process gets rights that it has not: setuid and setgid files of another user or group, and those with
 * capabilities. What hands a command to another user counts where the container runs as root.
 */
export function privilegedWays(tools: Tools): readonly Way[] {
	const { privileged, actor, utilities } = tools;
	const root = actor?.uid === 0;
	return [
		...privileged.setuid.map((item) => ({ item, because: 'setuid' })),
		...privileged.setgid.map((item) => ({ item, because: 'setgid' })),
		...privileged.fileCapabilities.map((item) => ({ item, because: item.because[0]?.shows ?? 'capabilities' })),
	]
		.flatMap(({ item, because }): readonly Way[] => {
			const tool = tools.take(item);
			return tool === undefined ? [] : [wayOf(tool, `${because}: it runs with more rights than its caller`)];
		})
		.concat(
			utilities
				.filter(({ name, path }) => root && switchers.has(name) && !privileged.setuid.some((item) => item.path === path))
				.map((tool) => wayOf(tool, 'becomes any user, for the container runs as root')),
		);
}
