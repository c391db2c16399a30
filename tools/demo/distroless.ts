import { type Deb, type Member, readDeb, readDebs } from './deb.ts';
import { certificateBundle, file } from './debian.ts';
import { type LayerBlob, startLayer } from './layer.ts';
import type { NodeRelease } from './node.ts';

export interface Release {
	/** `12` */
	readonly version: string;
	/** `bookworm` */
	readonly codename: string;
}

const users = [
	['root', 0, '/root'],
	['nobody', 65534, '/nonexistent'],
	['nonroot', 65532, '/home/nonroot'],
] as const;

/**
 * As the published distroless images: one layer per package with its record in /var/lib/dpkg/status.d, no package manager and
 * no shell; accounts, certificates and the system's name in a layer of their own.
 */
export async function distrolessLayers(blobs: string, debs: readonly string[]): Promise<readonly LayerBlob[]> {
	const layers: LayerBlob[] = [];
	for await (const deb of readDebs(debs)) {
		const layer = startLayer(blobs, `${deb.name}, unpacked`);
		await layer.add([...deb.members, ...records(deb)]);
		layers.push(await layer.finish());
	}
	return layers;
}

export async function distrolessCommon(blobs: string, release: Release, certificates: string): Promise<LayerBlob> {
	const deb = await readDeb(certificates);
	const roots = new Map(deb.members.flatMap(({ path, body }) => (body !== undefined && isRoot(path) ? [[path, body]] : [])));
	const layer = startLayer(blobs, 'accounts, CA certificates, os-release');
	await layer.add([
		file('/etc/passwd', users.map(([name, id, home]) => `${name}:x:${id}:${id}:${name}:${home}:/sbin/nologin\n`).join('')),
		file('/etc/group', `root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n`),
		file('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n'),
		file('/usr/lib/os-release', osRelease(release)),
		{ path: '/root', type: 'directory', mode: 0o700 },
		{ path: '/home/nonroot', type: 'directory', mode: 0o700, uid: 65532, gid: 65532 },
		{ path: '/tmp', type: 'directory', mode: 0o1777 },
		...deb.members.filter(({ path }) => path.endsWith('/copyright')),
		...certificateBundle(roots),
		...records(deb),
	]);
	return layer.finish();
}

function isRoot(path: string): boolean {
	return path.startsWith('/usr/share/ca-certificates/') && path.endsWith('.crt');
}

export async function distrolessNode(blobs: string, { version, files }: NodeRelease): Promise<LayerBlob> {
	const layer = startLayer(blobs, `Node.js ${version}`);
	const wanted = files.filter(({ path }) => path === '/bin/node' || path === '/LICENSE');
	await layer.add(wanted.map((m): Member => ({ ...m, path: `/nodejs${m.path}`, mode: m.path === '/bin/node' ? 0o755 : 0o644 })));
	return layer.finish();
}

function records({ name, control, md5sums }: Deb): readonly Member[] {
	const stem = `/var/lib/dpkg/status.d/${name}`;
	return [file(stem, control), ...(md5sums === '' ? [] : [file(`${stem}.md5sums`, md5sums)])];
}

function osRelease({ version, codename }: Release): string {
	const lines = [
		'PRETTY_NAME="Distroless"',
		'NAME="Debian GNU/Linux"',
		'ID="debian"',
		`VERSION_ID="${version}"`,
		`VERSION="Debian GNU/Linux ${version} (${codename})"`,
	];
	return `${lines.join('\n')}\n`;
}
