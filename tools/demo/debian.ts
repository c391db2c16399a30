import { type Deb, field, type Member, readDebs } from './deb.ts';
import { type LayerBlob, startLayer } from './layer.ts';

/** What one layer of Debian packages leaves behind for the next one. */
export interface DebianLayer {
	readonly blob: LayerBlob;
	/** Paragraphs of /var/lib/dpkg/status, with those of the layers below. */
	readonly status: readonly string[];
	/** Bodies that later layers change: /etc/passwd and its kin, by path. */
	readonly accounts: ReadonlyMap<string, string>;
}

export interface DebianLayerOptions {
	readonly blobs: string;
	readonly debs: readonly string[];
	readonly createdBy: string;
	/** As the published slim images: no documentation but the copyright files, no manuals, no translations. */
	readonly slim?: boolean;
	readonly below?: DebianLayer;
}

/** Unpacks packages into one layer, with the package database as dpkg would have written it. No maintainer script runs. */
export async function debianLayer({ blobs, debs, createdBy, slim = false, below }: DebianLayerOptions): Promise<DebianLayer> {
	const layer = startLayer(blobs, createdBy);
	const status = [...(below?.status ?? [])];
	const notes = createNotes();
	if (below === undefined) await layer.add(mergedUsr);
	for await (const deb of readDebs(debs)) {
		const members = intoMergedUsr(slim ? deb.members.filter(keptInSlim) : deb.members);
		status.push(statusParagraph(deb.control));
		notes.take(members);
		await layer.add(members);
		await layer.add(databaseFiles(deb));
	}
	const accounts = below?.accounts ?? notes.accounts();
	await layer.add(notes.settled());
	if (below === undefined) await layer.add([...accounts].map(([path, body]) => accountFile(path, body)));
	await layer.add([file('/var/lib/dpkg/info/format', '1\n'), file('/var/lib/dpkg/status', [...status].sort().join('\n'))]);
	return { blob: await layer.finish(), status, accounts };
}

/** Merged /usr (Debian's usr-merge): what packages ship below `/bin` lies below `/usr/bin`, where a link leads. */
const mergedNames = ['bin', 'sbin', 'lib', 'lib64'];

const mergedUsr: readonly Member[] = mergedNames.map((name) => ({ path: `/${name}`, type: 'symlink', mode: 0o777, link: `usr/${name}` }));

function mergedPath(path: string): string {
	const first = /^\/([^/]+)\/./.exec(path)?.[1] ?? '';
	return mergedNames.includes(first) ? `/usr${path}` : path;
}

export function intoMergedUsr(members: readonly Member[]): readonly Member[] {
	return members
		.filter(({ path, type }) => type !== 'directory' || !mergedNames.includes(path.slice(1)))
		.map((one) => ({ ...one, path: mergedPath(one.path), ...(one.type === 'hardlink' ? { link: mergedPath(one.link ?? '') } : {}) }));
}

function keptInSlim({ path, type }: Member): boolean {
	if (/^\/usr\/share\/(man|locale|info|groff|lintian|linda)\/./.test(path)) return false;
	return !/^\/usr\/share\/doc\/./.test(path) || type === 'directory' || path.endsWith('/copyright');
}

/** dpkg(1): the control paragraph with a Status field behind the name. */
export function statusParagraph(control: string): string {
	return control.replace(/^(Package: .*\n)/m, '$1Status: install ok installed\n');
}

/** /var/lib/dpkg/info: the files of the package and their checksums. */
function databaseFiles({ control, name, members, md5sums }: Deb): readonly Member[] {
	const stem = field(control, 'Multi-Arch') === 'same' ? `${name}:${field(control, 'Architecture')}` : name;
	const list = members.map(({ path }) => (path === '/' ? '/.' : path)).join('\n');
	const files = [file(`/var/lib/dpkg/info/${stem}.list`, `${list}\n`)];
	return md5sums === '' ? files : [...files, file(`/var/lib/dpkg/info/${stem}.md5sums`, md5sums)];
}

export function file(path: string, body: string | Uint8Array, mode = 0o644): Member {
	return { path, type: 'file', mode, body: typeof body === 'string' ? Buffer.from(body) : body };
}

export function accountFile(path: string, body: string): Member {
	const secret = path.endsWith('shadow');
	return { ...file(path, body, secret ? 0o640 : 0o644), gid: secret ? 42 : 0 };
}

/**
 * The few files that the packages' scripts would have written and that matter for running programs: accounts, the bundle of
 * CA certificates, the name service, the names that update-alternatives gives.
 */
function createNotes() {
	const paths = new Set<string>();
	const bodies = new Map<string, Uint8Array>();
	const interesting = /^\/usr\/share\/(base-passwd\/(passwd|group)\.master|libc-bin\/nsswitch\.conf|ca-certificates\/.*\.crt)$/;
	const bodyOf = (path: string): string => Buffer.from(bodies.get(path) ?? []).toString();
	return {
		take(members: readonly Member[]): void {
			for (const { path, body } of members) {
				paths.add(path);
				if (body !== undefined && interesting.test(path)) bodies.set(path, body);
			}
		},
		accounts(): ReadonlyMap<string, string> {
			const passwd = `${bodyOf('/usr/share/base-passwd/passwd.master').replaceAll(':*:', ':x:')}_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\n`;
			const group = bodyOf('/usr/share/base-passwd/group.master').replaceAll(':*:', ':x:');
			return new Map([
				['/etc/passwd', passwd],
				['/etc/group', group],
				['/etc/shadow', lockedAccounts(passwd)],
				['/etc/gshadow', group.replace(/^([^:]+):x:\d+:(.*)$/gm, '$1:*::$2')],
			]);
		},
		settled(): readonly Member[] {
			const nss = bodyOf('/usr/share/libc-bin/nsswitch.conf');
			return [...alternatives(paths), ...certificateBundle(bodies), ...(nss === '' ? [] : [file('/etc/nsswitch.conf', nss)])];
		},
	};
}

/** Nobody can log in with a password (shadow(5)). */
export function lockedAccounts(passwd: string): string {
	return passwd.replace(/^([^:]+):.*$/gm, '$1:*:20000:0:99999:7:::');
}

export function certificateBundle(bodies: ReadonlyMap<string, Uint8Array>): readonly Member[] {
	const certificates = [...bodies].filter(([path]) => path.endsWith('.crt')).sort(([a], [b]) => (a < b ? -1 : 1));
	if (certificates.length === 0) return [];
	const bundle = certificates.map(([, body]) => `${Buffer.from(body).toString().trimEnd()}\n`).join('');
	return [file('/etc/ssl/certs/ca-certificates.crt', bundle)];
}

/** Names of Debian's alternatives system and the program that they lead to when it is there. */
const alternativeNames: readonly (readonly [name: string, program: string])[] = [
	['awk', 'mawk'],
	['nawk', 'mawk'],
	['which', 'which.debianutils'],
	['cc', 'gcc'],
	['c++', 'g++'],
	['c99', 'c99-gcc'],
	['c89', 'c89-gcc'],
];

function alternatives(paths: ReadonlySet<string>): readonly Member[] {
	return alternativeNames
		.filter(([name, program]) => paths.has(`/usr/bin/${program}`) && !paths.has(`/usr/bin/${name}`))
		.flatMap(([name, program]): Member[] => [
			{ path: `/etc/alternatives/${name}`, type: 'symlink', mode: 0o777, link: `/usr/bin/${program}` },
			{ path: `/usr/bin/${name}`, type: 'symlink', mode: 0o777, link: `/etc/alternatives/${name}` },
		]);
}
