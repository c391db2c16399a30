import type { Standing } from '../../../model/need.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { javascriptRuntime } from '../../runtimes/javascript-runtime.ts';
import type { Process } from '../process.ts';
import { sameMachine } from '../search-path.ts';
import type { AddonFile, AddonGroup } from './addon-group.ts';

/** The files of a group that the package may take here, the one it tries first in front. */
export function eligibleFiles(group: AddonGroup, runtime: Process, standing: Standing): readonly AddonFile[] {
	const { combined } = standing;
	const program = runtime.objects[0]?.elf;
	const libc = detectedLibc(group, runtime, combined);
	const offered = javascriptRuntime(standing, ['node', 'bun'])?.moduleVersion;
	const usable = group.files.filter(({ path, libc: meant, moduleVersion }) => {
		const elf = combined.elf(path);
		if (elf === undefined || program === undefined || !sameMachine(elf, program)) return false;
		return (meant === undefined || meant === libc) && (moduleVersion === undefined || offered === undefined || moduleVersion === offered);
	});
	return [...usable].sort((a, b) => rank(a, libc) - rank(b, libc));
}

/** What was built on the spot, then what names its NODE_MODULE_VERSION, then what names the libc (node-gyp-build, compareTags). */
function rank(file: AddonFile, libc: 'glibc' | 'musl'): number {
	if (file.built) return 0;
	return (file.moduleVersion === undefined ? 2 : 0) + (file.libc === libc ? 1 : 2);
}

/** node-gyp-build looks for /etc/alpine-release, everything else at the process itself. */
export function detectedLibc(group: AddonGroup, runtime: Process, rootfs: Rootfs): 'glibc' | 'musl' {
	if (group.nodeGypBuild) return rootfs.resolve('/etc/alpine-release') === undefined ? 'glibc' : 'musl';
	return runtime.libc === 'musl' ? 'musl' : 'glibc';
}
