import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost } from '../../src/host/create-host.ts';

const packages =
	`base-files bash coreutils curl dash dpkg findutils grep gzip libacl1 libattr1 libaudit1 libbz2-1.0 libc6 libcap-ng0 libcrypt1
	libgcc-s1 libgmp10 liblzma5 libmd0 libpam0g libpcre2-8-0 libselinux1 libtinfo6 libzstd1 mawk mount passwd perl-base sed tar util-linux
	zlib1g`.split(/\s+/);

const { processes } = createHost();

export async function run(program: string, ...args: readonly string[]): Promise<string> {
	const result = await processes.run(program, args, { timeoutMs: 300_000, maxOutput: 64 * 1024 * 1024 });
	assert.equal(result.exitCode, 0, `${program} ${args.join(' ')}: ${result.stderr}`);
	return result.stdout;
}

/** An image of some of Debian's own packages with the database that dpkg would have left, loaded into the engine as `name`. */
export async function loadDebianImage(name: string): Promise<void> {
	const work = mkdtempSync(join(tmpdir(), 'debian-'));
	try {
		const root = join(work, 'root');
		const info = join(root, 'var/lib/dpkg/info');
		await run('sh', '-c', 'cd "$1" && shift && apt-get -qq download "$@"', 'sh', work, ...packages);
		// merged before unpacking, as on a machine: the packages then write through the links
		for (const directory of ['usr/bin', 'usr/sbin', 'usr/lib', 'usr/lib64']) mkdirSync(join(root, directory), { recursive: true });
		await run('ln', '-s', 'usr/bin', 'usr/sbin', 'usr/lib', 'usr/lib64', root);
		mkdirSync(info, { recursive: true });
		for (const deb of readdirSync(work).filter((f) => f.endsWith('.deb'))) await unpack(join(work, deb), root, info);
		addOddities(root);
		await run('tar', '-C', root, '-cf', join(work, 'root.tar'), '.');
		await run('docker', 'import', '--change', 'CMD ["bash"]', join(work, 'root.tar'), name);
	} finally {
		rmSync(work, { recursive: true });
	}
}

async function unpack(deb: string, root: string, info: string): Promise<void> {
	await run('sh', '-c', 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2"', 'sh', deb, root);
	const field = async (name: string): Promise<string> => (await run('dpkg-deb', '-f', deb, name)).trim();
	const name = await field('Package');
	const control = await run('dpkg-deb', '-f', deb);
	appendFileSync(join(root, 'var/lib/dpkg/status'), `Status: install ok installed\n${control}\n`);
	const listing = await run('sh', '-c', 'dpkg-deb --fsys-tarfile "$1" | tar -t', 'sh', deb);
	const paths = listing.split('\n').map((l) => l.replace(/^\./, '').replace(/(.)\/$/, '$1'));
	const listName = (await field('Multi-Arch')) === 'same' ? `${name}:${await field('Architecture')}` : name;
	writeFileSync(join(info, `${listName}.list`), paths.map((p) => (p === '/' ? '/.' : p)).join('\n'));
}

/** What counts wrongly if names are believed: a removed package, a shell elsewhere, a place that anybody may write. */
function addOddities(root: string): void {
	appendFileSync(
		join(root, 'var/lib/dpkg/status'),
		'Package: gone\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\nMaintainer: x\nDescription: x\n\n',
	);
	mkdirSync(join(root, 'srv/open'), { recursive: true });
	chmodSync(join(root, 'srv/open'), 0o777);
	mkdirSync(join(root, 'opt'), { recursive: true });
	copyFileSync(join(root, 'usr/bin/dash'), join(root, 'opt/libhelper.so'));
}
