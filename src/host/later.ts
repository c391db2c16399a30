import type { Logs, Network, Processes } from '../model/host.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The network, loaded with the first request: an image on the disk needs none. */
export function networkLater(env: Env): Network {
	let network: Promise<Network> | undefined;
	return {
		async request(request) {
			network ??= import('./network.ts').then(({ createNetwork }) => createNetwork(env));
			return (await network).request(request);
		},
	};
}

/** Other programs; what starts them is loaded with the first one. */
export function processesLater(env: Env): Processes {
	let processes: Promise<Processes> | undefined;
	const load = (): Promise<Processes> => {
		processes ??= import('./processes.ts').then(({ createProcesses }) => createProcesses(env));
		return processes;
	};
	const run: Processes['run'] = async (...request) => (await load()).run(...request);
	if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return { run };
	return { run, attend: async (...request) => (await load()).attend?.(...request) ?? 1 };
}

/** What other programs said, kept in files. */
export function logsLater(env: Env): Logs {
	return {
		async keep(name, text) {
			const { createLogs, logDirectory } = await import('./logs.ts');
			return createLogs(logDirectory(env)).keep(name, text);
		},
	};
}
