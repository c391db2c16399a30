import type { EngineKind } from '../engine.ts';

/** Podman. It has no service that would run health checks by the clock: they are asked for. */
export const podman: EngineKind = {
	name: 'podman',
	version: ['version', '--format', '{{.Client.Version}}'],
	// the OCI format has no place for HEALTHCHECK and SHELL
	buildFlags: ['--format', 'docker'],
	startTells: false,
	ignoreFlags: (path) => ['--ignorefile', path],
	keepsStages: async () => true,
	checkHealth: (container) => ['healthcheck', 'run', container],
};
