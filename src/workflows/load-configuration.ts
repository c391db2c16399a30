import type { Configuration } from '../configuration/read-configuration.ts';
import type { Host } from '../model/host.ts';

export type { Configuration } from '../configuration/read-configuration.ts';

/** At most this many bytes of footing.yaml are read. */
const largest = 1024 * 1024;

/**
 * The configuration that the user named, else the footing.yaml in the directory, else nothing said.
 * @throws FootingError `bad-footing-yaml` with lines and columns, `not-found` for a file that was named
 */
export async function loadConfiguration(host: Host, directory: string | undefined, named: string | undefined): Promise<Configuration> {
	const path = named ?? (directory === undefined ? undefined : `${directory}/footing.yaml`);
	if (path === undefined) return nothing;
	if (named === undefined && (await host.disk.stat(path, { follow: true }))?.type !== 'file') return nothing;
	const text = new TextDecoder().decode(await host.disk.readFile(path, largest, { follow: true }));
	// the YAML parser is loaded only by those who have a file
	const { readConfiguration } = await import('../configuration/read-configuration.ts');
	return readConfiguration(text, path);
}

const nothing: Configuration = { application: {}, candidates: [], families: true, mirrors: [], profile: {} };
