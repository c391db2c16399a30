import type { ProcessResult } from '../model/host.ts';

/** Marks what is ours; its value is the id of the process that made it. */
export const ownerLabel = 'io.footing.owner';
/** On an empty image of ours: the name of an image that is pulled for us, and was not there before. */
export const pulledLabel = 'io.footing.pulled';

type Run = (args: readonly string[]) => Promise<ProcessResult>;
interface SweepOptions {
	/** What a dead process had begun to pull may still come: its mark stays until the image is there to be removed. */
	readonly patient?: boolean;
}

/** At most so many of a kind are looked at, a chunk at a time: command lines have an end. */
const chunk = 100;
const rounds = 20;
const listImages = ['images', '--all', '--quiet', '--no-trunc'];

/**
 * Removes the containers, then the images, then the volumes whose owner is not to be spared. What cannot be removed stays;
 * nothing is thrown.
 */
export async function sweep(run: Run, spare: (owner: string) => boolean, options: SweepOptions = {}): Promise<void> {
	const containers = await owned(run, ['ps', '--all', '--quiet', '--no-trunc'], 'container', spare);
	if (containers.length > 0) await run(['rm', '--force', '--volumes', ...containers.map(({ id }) => id)]);
	// an image can be removed when nothing stands on it any more; its parents are named too, the base is never pruned
	for (let round = 0; round < rounds; round++) {
		const images = await owned(run, listImages, 'image', spare);
		const ids = images.filter(({ pulled }) => pulled === '').map(({ id }) => id);
		if (ids.length === 0) {
			await removePulled(run, images, options);
			break;
		}
		const { stdout } = await run(['rmi', '--force', '--no-prune', ...ids]);
		if (stdout.trim() === '') break;
	}
	const volumes = await owned(run, ['volume', 'ls', '--quiet'], 'volume', spare);
	if (volumes.length > 0) await run(['volume', 'rm', '--', ...volumes.map(({ id }) => id)]);
}

/** When nothing of ours stands on them any more; then the marks themselves. */
async function removePulled(run: Run, marks: readonly Owned[], { patient }: SweepOptions): Promise<void> {
	for (const { id, pulled } of marks) {
		const { exitCode } = await run(['rmi', '--no-prune', '--', pulled]);
		if (exitCode === 0 || patient !== true) await run(['rmi', '--force', '--no-prune', id]);
	}
}

interface Owned {
	/** Of a volume its name. */
	readonly id: string;
	readonly pulled: string;
}

const formats = {
	container: `{{.Id}} {{index .Config.Labels "${ownerLabel}"}}`,
	// who came from a registry has a name: its labels are not ours
	image: `{{.Id}} {{index .Config.Labels "${ownerLabel}"}} {{if not .RepoDigests}}{{index .Config.Labels "${pulledLabel}"}}{{end}}`,
	volume: `{{.Name}} {{index .Labels "${ownerLabel}"}}`,
} as const;

async function owned(
	run: Run,
	list: readonly string[],
	kind: keyof typeof formats,
	spare: (owner: string) => boolean,
): Promise<readonly Owned[]> {
	const { stdout } = await run([...list, '--filter', `label=${ownerLabel}`]);
	const known = kind === 'volume' ? /^[\w.-]{1,255}$/ : /^[0-9a-f:sh]{12,80}$/;
	const ids = [...new Set(stdout.split('\n').filter((id) => known.test(id)))].slice(0, chunk);
	if (ids.length === 0) return [];
	const shown = await run([kind, 'inspect', '--format', formats[kind], ...ids]);
	return shown.stdout.split('\n').flatMap((line) => {
		const [id = '', owner = '', pulled = ''] = line.trim().split(' ');
		const name = /^[A-Za-z0-9][\w.:/@+-]*$/.test(pulled) ? pulled : '';
		return id === '' || owner === '' || spare(owner) ? [] : [{ id, pulled: name }];
	});
}
