import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was made is labelled with it and taken away by it. */
const label = `footing.test=${process.pid}`;

export function docker(args: readonly string[], options: { readonly input?: Uint8Array } = {}): SpawnSyncReturns<string> {
	return spawnSync('docker', args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
}

/** Standard output of a docker command that has to succeed. */
export function dockerOutput(args: readonly string[]): string {
	const { status, stdout, stderr } = docker(args);
	if (status !== 0) throw new Error(`docker ${args.join(' ')} ended with exit code ${status}: ${stderr}`);
	return stdout;
}

/** Loads images of an OCI layout into the engine: the same blobs, with the list that `docker load` asks for. */
export function loadLayout(layout: string, images: ReadonlyMap<string, string>): void {
	const read = (digest: string) => JSON.parse(readFileSync(join(layout, 'blobs', 'sha256', digest.slice(7)), 'utf8'));
	const blob = (digest: string): string => `blobs/sha256/${digest.slice(7)}`;
	const index: { readonly manifests: readonly { readonly digest: string; readonly annotations: Readonly<Record<string, string>> }[] } =
		JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
	const list = index.manifests.flatMap(({ digest, annotations }) => {
		const name = images.get(annotations['org.opencontainers.image.ref.name'] ?? '');
		if (name === undefined) return [];
		const manifest: { readonly config: { readonly digest: string }; readonly layers: readonly { readonly digest: string }[] } =
			read(digest);
		return [{ Config: blob(manifest.config.digest), RepoTags: [name], Layers: manifest.layers.map((layer) => blob(layer.digest)) }];
	});
	const directory = mkdtempSync(join(tmpdir(), 'footing-load-'));
	try {
		writeFileSync(join(directory, 'manifest.json'), JSON.stringify(list));
		const command = 'tar -cf - -C "$1" manifest.json -C "$2" blobs | docker load --quiet';
		const { status, stderr } = spawnSync('sh', ['-c', command, 'sh', directory, layout], { encoding: 'utf8' });
		if (status !== 0) throw new Error(`cannot load ${layout}: ${stderr}`);
	} finally {
		rmSync(directory, { recursive: true });
	}
}

/**
 * Builds a context, whose Dockerfile may be changed; whether it was built, and what the engine said. Engines that keep an image
 * of every step get the label behind each FROM, for `--label` marks only the last one.
 */
export function build(directory: string, name: string): { readonly built: boolean; readonly output: string } {
	const path = join(directory, 'Dockerfile');
	writeFileSync(path, readFileSync(path, 'utf8').replace(/^FROM .*$/gim, `$&\nLABEL ${label}`));
	const { status, stdout, stderr } = docker(['build', '--quiet', '--network', 'none', '--label', label, '--tag', name, directory]);
	return { built: status === 0, output: `${stdout}${stderr}` };
}

/** Starts a container with a port of the loopback address for `port`; undefined with its log when it does not stay up. */
export function startServer(image: string, port: number): { readonly id: string; readonly url?: string; readonly log: string } {
	const id = dockerOutput(['create', '--label', label, '--publish', `127.0.0.1::${port}`, image]).trim();
	const started = docker(['start', id]);
	if (started.status !== 0) return { id, log: started.stderr };
	const address =
		docker(['port', id, String(port)])
			.stdout.trim()
			.split('\n')[0] ?? '';
	return { id, log: '', ...(address === '' ? {} : { url: `http://${address}` }) };
}

export function logOf(id: string): string {
	const { stdout, stderr } = docker(['logs', id]);
	return `${stdout}${stderr}`;
}

export function isRunning(id: string): boolean {
	return docker(['inspect', '--format', '{{.State.Running}}', id]).stdout.trim() === 'true';
}

/** Takes away what these tests made, and nothing else. */
export function sweep(images: readonly string[]): void {
	const containers = dockerOutput(['ps', '--all', '--quiet', '--filter', `label=${label}`])
		.split('\n')
		.filter((id) => id !== '');
	if (containers.length > 0) docker(['rm', '--force', '--volumes', ...containers]);
	if (images.length > 0) docker(['rmi', '--force', ...images]);
	const steps = dockerOutput(['images', '--all', '--quiet', '--filter', `label=${label}`]).split('\n');
	const left = [...new Set(steps.filter((id) => id !== ''))];
	if (left.length > 0) docker(['rmi', '--force', ...left]);
}
