import type { EngineKind } from '../engine.ts';

/** Docker, with BuildKit or the legacy builder. */
export const docker: EngineKind = {
	name: 'docker',
	version: ['version', '--format', '{{.Server.Version}}'],
	buildFlags: [],
	startTells: true,
	async keepsStages(host) {
		const wish = host.env['DOCKER_BUILDKIT'];
		if (wish !== undefined && wish !== '') return wish === '0' || wish === 'false';
		const { exitCode } = await host.processes.run('docker', ['buildx', 'version'], { timeoutMs: 30_000 });
		return exitCode !== 0;
	},
};
