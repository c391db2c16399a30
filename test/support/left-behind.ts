import { docker } from './docker.ts';

const label = 'io.footing.owner';

/** Containers and images in Docker that a process of ours made; other tests may run beside this one. */
export function leftBehind(pid: number = process.pid): readonly string[] {
	const lists = [
		['container', 'ps', '--all', '--quiet', '--no-trunc'],
		['image', 'images', '--all', '--quiet', '--no-trunc'],
	] as const;
	return lists.flatMap(([kind, ...list]) => {
		const ids = docker([...list, '--filter', `label=${label}`])
			.stdout.split('\n')
			.filter((id) => id !== '');
		if (ids.length === 0) return [];
		const shown = docker([kind, 'inspect', '--format', `{{index .Config.Labels "${label}"}} {{.Id}}`, ...ids]).stdout;
		return shown.split('\n').filter((line) => line.split('-')[1] === String(pid));
	});
}
