import { writeTar } from '../formats/tar-writer.ts';
import { FootingError } from '../model/errors.ts';
import { engineMessage } from './containers.ts';
import type { Workspace } from './engine.ts';

/** `scratch` is no image that could be started: an empty one, with our label, stands for it. */
export async function emptyImage(workspace: Workspace): Promise<string> {
	const { exitCode, stdout, stderr } = await workspace.run(['import', '--change', `LABEL ${workspace.label}`, '-'], {
		input: writeTar([]),
	});
	const image = stdout.trim().split('\n').at(-1) ?? '';
	if (exitCode === 0 && image !== '') return image;
	throw new FootingError('unsupported', `cannot make an empty image with ${workspace.engine.name}: ${engineMessage(stderr)}`);
}
