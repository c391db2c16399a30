import { writeTar } from '../formats/tar-writer.ts';
import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { quote } from '../model/quote.ts';
import { engineMessage, runToEnd } from './containers.ts';
import type { Workspace } from './engine.ts';

/** Where distributions put BusyBox. */
const places = ['/bin/busybox', '/usr/bin/busybox', '/usr/local/bin/busybox', '/bin/busybox.static', '/usr/bin/busybox.static'];
const largest = 16 * 1024 * 1024;

/** An image with a shell and tools, or why there is none. */
export type Toolbox = { readonly image: string } | { readonly missing: string };

/**
 * The tools that the images themselves no longer have: the image that was named, else one made of this machine's static
 * BusyBox, which is labelled and removed with the rest.
 * @throws FootingError `engine-unavailable` when it does not run
 */
export async function openToolbox(workspace: Workspace, host: Host, named?: string): Promise<Toolbox> {
	if (named !== undefined) return proved(workspace, named);
	const program = await staticBusybox(host);
	if (program === undefined)
		return { missing: 'there is no static BusyBox on this machine (Debian: busybox-static); name an image with --toolbox' };
	const { stdout } = await host.processes.run(program.path, ['--list'], { timeoutMs: 10_000 });
	const applets = stdout.split('\n').filter((name) => name !== 'busybox' && /^[a-z0-9[_.-]{1,40}$/.test(name));
	const links = applets.map((name) => ({ name: `bin/${name}`, link: 'busybox' }));
	const archive = writeTar([{ name: 'bin/busybox', body: program.body }, ...links, { name: 'tmp/.keep', body: new Uint8Array() }]);
	const changes = ['--change', `LABEL ${workspace.label}`, '--change', 'ENV PATH=/bin'];
	const result = await workspace.run(['import', ...changes, '-'], { input: archive });
	const image = result.stdout.trim().split('\n').at(-1) ?? '';
	if (result.exitCode !== 0 || image === '') return { missing: `the engine does not take the toolbox: ${engineMessage(result.stderr)}` };
	return proved(workspace, image);
}

/** An engine that cannot run the toolbox cannot run anything, and what then fails is nobody else's fault. */
async function proved(workspace: Workspace, image: string): Promise<Toolbox> {
	const ran = await runToEnd(workspace, { image, argv: ['/bin/sh', '-c', 'exit 0'] });
	if (ran.started && ran.exitCode === 0) return { image };
	throw new FootingError('engine-unavailable', `cannot run containers with ${workspace.engine.name}: ${quote(ran.output, 500)}`, {
		hint: 'mend the engine, or name an image that has /bin/sh with --toolbox',
	});
}

async function staticBusybox(host: Host): Promise<{ readonly path: string; readonly body: Uint8Array } | undefined> {
	for (const path of places) {
		const stat = await host.disk.stat(path, { follow: true });
		if (stat?.type !== 'file' || stat.size > largest) continue;
		const body = await host.disk.readFile(path, largest, { follow: true });
		if (isStatic(body)) return { path, body };
	}
	return undefined;
}

/** An ELF file (System V gABI, chapter 4) without PT_INTERP among its program headers. */
function isStatic(body: Uint8Array): boolean {
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	if (body.length < 64 || view.getUint32(0) !== 0x7f454c46) return false;
	const wide = body[4] === 2;
	const little = body[5] === 1;
	const offset = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
	const size = view.getUint16(wide ? 54 : 42, little);
	const count = view.getUint16(wide ? 56 : 44, little);
	for (let index = 0; index < count; index++) {
		const at = offset + index * size;
		if (at + 4 > body.length || view.getUint32(at, little) === 3) return false;
	}
	return count > 0;
}
