import { create, remove } from './containers.ts';
import type { Workspace } from './engine.ts';
import { type Attempt, lootPort, lootText } from './move.ts';
import type { Toolbox } from './toolbox.ts';

/** A network of its own, without a way out, on whose loopback we listen. */
export interface Arena {
	/** For `--network`. */
	readonly network: string;
	/** For `--pid`: where our own process can be seen; absent where there is none. */
	readonly processes?: string;
	/** Whether anybody listens there. */
	readonly listens: boolean;
	/** What was said on a port. */
	heard(port: number): Promise<string>;
	close(): Promise<void>;
}

/** Serves a file, and on every port says its line to the first who connects and writes down what comes back. */
const script = `
echo "$1" >/tmp/loot
shift
while [ $# -gt 0 ]; do
	( printf '%s' "$2" | nc -l -p "$1" >/tmp/heard.$1 ) &
	shift 2
done
exec httpd -f -p 127.0.0.1:${lootPort} -h /tmp
`;
const patience = 20;
const pause = 200;

/** Made of the toolbox. Without one, or when nothing comes to listen, there is only a container without a network. */
export async function openArena(workspace: Workspace, toolbox: Toolbox, attempts: readonly Attempt[]): Promise<Arena> {
	if ('missing' in toolbox) return closed;
	const lines = attempts.flatMap(({ listen }) => (listen === undefined ? [] : [String(listen.port), listen.say]));
	const made = await create(workspace, { image: toolbox.image, argv: ['/bin/sh', '-c', script, 'sh', lootText, ...lines] });
	if ('refused' in made) return closed;
	const { id } = made;
	await workspace.run(['start', '--', id]);
	const wanted = [lootPort, ...attempts.flatMap(({ listen }) => (listen === undefined ? [] : [listen.port]))];
	return {
		network: `container:${id}`,
		processes: `container:${id}`,
		listens: await comesToListen(workspace, id, wanted),
		heard: async (port) => (await workspace.run(['exec', id, '/bin/cat', `/tmp/heard.${port}`])).stdout,
		close: () => remove(workspace, id),
	};
}

const closed: Arena = { network: 'none', listens: false, heard: async () => '', close: async () => {} };

async function comesToListen(workspace: Workspace, id: string, ports: readonly number[]): Promise<boolean> {
	for (let turn = 0; turn < patience; turn++) {
		const { stdout } = await workspace.run(['exec', id, '/bin/netstat', '-ltn']);
		if (ports.every((port) => new RegExp(`:${port}\\s`).test(stdout))) return true;
		await workspace.sleep(pause);
	}
	return false;
}
