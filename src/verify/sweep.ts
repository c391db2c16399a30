import type { ProcessResult } from '../model/host.ts';

/** Marks what is ours; its value is the id of the process that made it. */
export const ownerLabel = 'io.footing.owner';

type Run = (args: readonly string[]) => Promise<ProcessResult>;

/** At most so many containers and images are looked at, a chunk at a time: command lines have an end. */
const chunk = 100;
const rounds = 20;

/** Removes the containers and then the images whose owner is not to be spared. What cannot be removed stays; nothing is thrown. */
export async function sweep(run: Run, spare: (owner: string) => boolean): Promise<void> {
	const containers = await owned(run, ['ps', '--all', '--quiet', '--no-trunc'], 'container', spare);
	if (containers.length > 0) await run(['rm', '--force', '--volumes', ...containers]);
	// an image can be removed when nothing stands on it any more; its parents are named too, the base is never pruned
	for (let round = 0; round < rounds; round++) {
		const images = await owned(run, ['images', '--all', '--quiet', '--no-trunc'], 'image', spare);
		if (images.length === 0) return;
		const { stdout } = await run(['rmi', '--force', '--no-prune', ...images]);
		if (stdout.trim() === '') return;
	}
}

async function owned(run: Run, list: readonly string[], kind: string, spare: (owner: string) => boolean): Promise<readonly string[]> {
	const { stdout } = await run([...list, '--filter', `label=${ownerLabel}`]);
	const ids = [...new Set(stdout.split('\n').filter((id) => /^[0-9a-f:sh]{12,80}$/.test(id)))].slice(0, chunk);
	if (ids.length === 0) return [];
	const format = `{{.Id}} {{index .Config.Labels "${ownerLabel}"}}`;
	const shown = await run([kind, 'inspect', '--format', format, ...ids]);
	return shown.stdout.split('\n').flatMap((line) => {
		const [id = '', owner = ''] = line.trim().split(' ');
		return id === '' || owner === '' || spare(owner) ? [] : [id];
	});
}
