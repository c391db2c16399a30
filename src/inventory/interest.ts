import { jarSuffixes } from '../formats/java/jar-facts.ts';
import type { Interest } from '../model/rootfs.ts';
import { glibcMark, muslLoaders } from './libc.ts';

/** Bodies that the catalogers and the system's description read. */
export const inventoryInterest: Interest = {
	paths: [
		'/etc/os-release',
		'/usr/lib/os-release',
		'/etc/alpine-release',
		'/etc/debian_version',
		'/var/lib/dpkg/status',
		'/var/lib/dpkg/diversions',
		'/lib/apk/db/installed',
		'/usr/lib/apk/db/installed',
		...['/var/lib/rpm', '/usr/lib/sysimage/rpm', '/usr/share/rpm'].flatMap((directory) =>
			['rpmdb.sqlite', 'rpmdb.sqlite-wal', 'Packages.db', 'Packages'].map((name) => `${directory}/${name}`),
		),
	],
	prefixes: ['/var/lib/dpkg/status.d/'],
	suffixes: ['.list', '.egg-info', '.deps.json', '.gemspec'],
	basenames: [
		...muslLoaders,
		'package.json',
		'METADATA',
		'installed.json',
		'installed.php',
		'manifest.wall',
		'.pnp.cjs',
		'.pnp.js',
		'.pnp.data.json',
		'PKG-INFO',
		'release',
	],
	built: true,
	jars: jarSuffixes,
	marks: [glibcMark],
};
