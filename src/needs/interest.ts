import type { Interest } from '../model/rootfs.ts';
import { bunMark } from './linking/addons/bun-mark.ts';
import { loaderNames } from './linking/loader-names.ts';
import { javascriptMarks } from './runtimes/javascript-runtime.ts';
import { phpMark } from './runtimes/php-runtime.ts';

/** Bodies that the kinds of need read in base and application images. Add to the lists; order does not matter. */
export const needsInterest: Interest = {
	paths: [
		'/etc/passwd',
		'/etc/group',
		'/etc/ld.so.conf',
		'/etc/ld.so.cache',
		'/etc/os-release',
		'/usr/lib/os-release',
		'/etc/nsswitch.conf',
	],
	prefixes: ['/etc/ld.so.conf.d/'],
	// the loaders say where they look: directories and name lists compiled into them; runtimes say which they are
	basenames: [...loaderNames, 'release', 'site.py', 'pyvenv.cfg'],
	scripts: 64 * 1024,
	symbols: true,
	// which program of many names this is: its options and messages differ from those of coreutils
	// dash has it since 0.5.13
	marks: [
		{ name: 'busybox', text: 'BusyBox v' },
		{ name: 'pipefail', text: 'pipefail', maxBytes: 512 * 1024 },
		bunMark,
		...javascriptMarks,
		phpMark,
	],
};
