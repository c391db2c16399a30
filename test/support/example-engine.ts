import { writeFileSync } from 'node:fs';
import type { Processes, ProcessResult } from '../../src/model/host.ts';
import { result } from './fake-engine.ts';

const settings = JSON.stringify({
	Config: { Entrypoint: null, Cmd: ['/run.sh'], WorkingDir: '', Env: ['PATH=/usr/bin'], Healthcheck: null },
});
const ended = JSON.stringify({ Running: false, ExitCode: 0, Error: '', StartedAt: '2026-11-25T00:00:00Z' });

/** A Docker in which everything is there, builds, and ends with exit code 0; the reports of the example are made with it. */
export const exampleEngine: Processes = {
	async run(program, args) {
		const [command, what, , format] = args;
		if (program !== 'docker') return result({ exitCode: 127 });
		if (command === 'version') return result('28.0.0\n');
		if (command === 'build') return built(args);
		if (command === 'create') return result('container\n');
		if (command === 'container')
			return result(args.some((arg) => arg.includes('.Config.User')) ? `${JSON.stringify({ Running: true })}\nweb\n` : ended);
		if (command === 'image' && what === 'inspect') return result(format === '{{json .}}' ? settings : 'sha256:0\n');
		return result('');
	},
};

/** A builder writes the id of the image where `--iidfile` says. */
function built(args: readonly string[]): ProcessResult {
	writeFileSync(args[args.indexOf('--iidfile') + 1] ?? '', `sha256:${'a'.repeat(64)}`);
	return result('');
}
