import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { engineMessage } from './containers.ts';
import type { Workspace } from './engine.ts';

const pullTimeout = 600_000;

/**
 * The first of the names that the engine has, else the first that it can pull; what was pulled for us is removed at the end.
 * @throws FootingError `image-not-found` with what the engine said
 */
export async function obtainImage(workspace: Workspace, names: readonly string[]): Promise<string> {
	if (names[0] === 'scratch') return 'scratch';
	for (const name of names) if (await has(workspace, name)) return name;
	const said: string[] = [];
	for (const name of names) {
		await workspace.willPull(name);
		const { exitCode, stderr } = await workspace.run(['pull', '--quiet', '--', name], { timeoutMs: pullTimeout });
		if (exitCode === 0) return name;
		said.push(quote(engineMessage(stderr).split('\n').at(-1) ?? '', 300));
	}
	throw new FootingError('image-not-found', `cannot give ${quote(names[0] ?? '')} to ${workspace.engine.name}: ${said.join('; ')}`);
}

async function has(workspace: Workspace, name: string): Promise<boolean> {
	return (await workspace.run(['image', 'inspect', '--format', '{{.Id}}', '--', name])).exitCode === 0;
}
