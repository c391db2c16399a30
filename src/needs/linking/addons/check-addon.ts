import type { Check, Need, Standing } from '../../../model/need.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { copyLibraries } from '../copy-libraries.ts';
import { complaints, mappedFiles } from '../evidence.ts';
import type { LinkingNeed } from '../need.ts';
import type { Defect, Mapping, Process } from '../process.ts';
import { remedyOf } from '../remedy.ts';
import { sameMachine } from '../search-path.ts';
import { settle } from '../settle.ts';
import { startProcess } from '../start-process.ts';
import type { AddonFile, AddonGroup } from './addon-group.ts';
import { type OpenedAddon, openAddon } from './open-addon.ts';
import { type Runtime, runtimeOf } from './runtime.ts';

type AddonNeed = Need<LinkingNeed & { readonly of: 'addon' }>;

/** The file that the package would take on this base is opened as the runtime opens it. */
export async function checkAddon(need: AddonNeed, standing: Standing): Promise<Check> {
	const { application, group } = need.data;
	const host = await runtimeOf(application, standing);
	const runtime = host?.process;
	if (host === undefined || runtime === undefined)
		return { need, answer: 'unknown', because: [], hint: 'no runtime that takes native addons is started here' };
	if (runtime.libc === 'none')
		return { need, answer: 'unknown', because: [], hint: `${runtime.objects[0]?.name ?? 'the runtime'} cannot be looked into` };
	const eligible = order(group, runtime, standing.combined);
	if (eligible.length === 0) return refused(need, runtime, standing.combined);
	// node-gyp-build settles on one file; the code that napi-rs writes tries the next when one fails
	const tried = (group.nodeGypBuild ? eligible.slice(0, 1) : eligible).map((file) => openAddon(runtime, file.path));
	const good = tried.find((opened) => opened.defects.length === 0 && opened.doubts.length === 0);
	const first = tried[0] as (typeof tried)[number];
	if (good === first || (good !== undefined && !first.defects.some(({ when }) => when === 'call')))
		return {
			need,
			answer: 'holds',
			because: [{ path: good.path, shows: `opened by ${runtime.objects[0]?.name ?? ''}` }, ...mappedFiles(newFiles(good, runtime))],
		};
	const defect = first.defects[0];
	if (defect === undefined) return { need, answer: 'unknown', because: complaints(first.defects), hint: first.doubts[0] ?? '' };
	return failing(need, standing, host, first, defect);
}

function newFiles(opened: OpenedAddon, runtime: Process): OpenedAddon {
	const before = new Set(runtime.objects);
	return { ...opened, objects: opened.objects.filter((object) => !before.has(object)) };
}

/** The files that the package may take here, the one it tries first in front. */
function order(group: AddonGroup, runtime: Process, rootfs: Rootfs): readonly AddonFile[] {
	const program = runtime.objects[0]?.elf;
	const libc = detectedLibc(group, runtime, rootfs);
	const usable = group.files.filter((file) => {
		const elf = rootfs.elf(file.path);
		return elf !== undefined && program !== undefined && sameMachine(elf, program) && (file.libc === undefined || file.libc === libc);
	});
	const rank = (file: AddonFile): number => (file.built ? 0 : file.libc === libc ? 1 : 2);
	return [...usable].sort((a, b) => rank(a) - rank(b));
}

/** node-gyp-build looks for /etc/alpine-release, everything else at the process itself. */
function detectedLibc(group: AddonGroup, runtime: Process, rootfs: Rootfs): 'glibc' | 'musl' {
	if (group.nodeGypBuild) return rootfs.resolve('/etc/alpine-release') === undefined ? 'glibc' : 'musl';
	return runtime.libc === 'musl' ? 'musl' : 'glibc';
}

function refused(need: AddonNeed, runtime: Process, rootfs: Rootfs): Check {
	const { group } = need.data;
	const libc = detectedLibc(group, runtime, rootfs);
	const there = group.files.map(({ path, libc: meant }) => ({
		path,
		shows: `built for ${meant ?? rootfs.elf(path)?.machine ?? 'another system'}`,
	}));
	if (group.wasm) return { need, answer: 'unknown', because: there, hint: `${group.name} would fall back to its WebAssembly build` };
	const other = libc === 'musl' ? 'glibc' : 'musl';
	const message = group.refusal?.[libc] ?? `Cannot find a native build of ${group.name} for ${libc}`;
	return {
		need,
		answer: 'fails',
		because: there,
		message,
		hint: `only the ${other} variant of ${group.name} was installed: install it for ${libc} (npm install --libc=${libc}), or take a base with ${other}`,
	};
}

/** Functions that fail only when they are called: in a large addon the application may never come to them. */
const fewShare = 20;

async function failing(need: AddonNeed, standing: Standing, host: Runtime, opened: OpenedAddon, defect: Defect): Promise<Check> {
	const because = complaints(opened.defects);
	const check: Check = { need, answer: 'fails', because, message: defect.message, hint: remedyOf(defect, standing.base) };
	if (defect.when === 'load') {
		const again = async (rootfs: Rootfs): Promise<Mapping> =>
			openAddon((await startProcess(rootfs, host.start)) ?? host.process, opened.path);
		const changes = await copyLibraries(need.data.application, standing, host.process, opened, again);
		return settle(changes.length > 0 ? { ...check, changes } : check, defect, need);
	}
	const rare = opened.imported > 0 && opened.defects.length * fewShare < opened.imported;
	const names = opened.defects
		.slice(0, 5)
		.map(({ missing }) => missing)
		.join(', ');
	if (rare) return { ...check, answer: 'unknown', hint: `it can be opened, but the process ends when one of these is called: ${names}` };
	return { ...check, hint: `it can be opened, but the process ends when ${names} is called: ${remedyOf(defect, standing.base)}` };
}
