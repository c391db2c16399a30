import { createSelf } from '../../src/host/self.ts';
import { docker } from './docker.ts';

const label = 'io.footing.owner';

/** Boot and pid namespace, as every process here has them in its mark: a process elsewhere may have the same number. */
const [space] = createSelf().id.split('-');

/** What one process of ours made in Docker and has not removed; others may work with the same engine at the same time. */
export function leftBehind(pid: number = process.pid): readonly string[] {
	const lists = [
		['container', 'ps', '--all', '--quiet', '--no-trunc'],
		['image', 'images', '--all', '--quiet', '--no-trunc'],
		['volume', 'volume', 'ls', '--quiet'],
		['network', 'network', 'ls', '--quiet', '--no-trunc'],
	] as const;
	return lists.flatMap(([kind, ...list]) => {
		const ids = docker([...list, '--filter', `label=${label}`])
			.stdout.split('\n')
			.filter((id) => id !== '');
		if (ids.length === 0) return [];
		const where = kind === 'container' || kind === 'image' ? '.Config.Labels' : '.Labels';
		const name = kind === 'volume' ? '.Name' : '.Id';
		const shown = docker([kind, 'inspect', '--format', `{{index ${where} "${label}"}} {{${name}}}`, ...ids]).stdout;
		return shown.split('\n').filter((line) => line.startsWith(`${space}-${pid}-`));
	});
}
