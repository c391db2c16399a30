import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeTar } from '../../src/formats/tar-writer.ts';

/** The static BusyBox of this machine; .ci/run installs it. */
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path)) ?? '/bin/busybox';

/** Imports an image made of BusyBox under some names and a few files, into an engine. */
export function importImage(
	name: string,
	parts: { readonly applets: readonly string[]; readonly files?: Readonly<Record<string, string>> },
	changes: readonly string[] = [],
	engine = 'docker',
): void {
	const body = readFileSync(busybox);
	const [first, ...rest] = parts.applets;
	const archive = writeTar([
		...(first === undefined ? [] : [{ name: first, body }]),
		...rest.map((applet) => ({ name: applet, link: `/${first}` })),
		...Object.entries(parts.files ?? {}).map(([path, text]) => ({ name: path, body: Buffer.from(text), mode: 0o644 })),
	]);
	const flags = changes.flatMap((change) => ['--change', change]);
	const { status, stderr } = spawnSync(engine, ['import', ...flags, '-', name], { input: archive, encoding: 'utf8' });
	if (status !== 0) throw new Error(`cannot import ${name}: ${stderr}`);
}
