import type { Check, Need, Standing } from '../../../model/need.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { copyLibraries } from '../copy-libraries.ts';
import { complaints, mappedFiles } from '../evidence.ts';
import type { LinkingNeed } from '../need.ts';
import type { Defect, Mapping, Process } from '../process.ts';
import { remedyOf } from '../remedy.ts';
import { settle } from '../settle.ts';
import { startProcess } from '../start-process.ts';
import { detectedLibc, eligibleFiles } from './eligible.ts';
import { nodeApiDefect } from './node-api.ts';
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
	const eligible = eligibleFiles(group, runtime, standing);
	if (eligible.length === 0) return refused(need, runtime, standing.combined);
	// node-gyp-build settles on one file; the code that napi-rs writes tries the next when one fails
	const tried = (group.nodeGypBuild ? eligible.slice(0, 1) : eligible).map((file) =>
		withInterface(openAddon(runtime, file.path), nodeApiDefect(file, standing)),
	);
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

function withInterface(opened: OpenedAddon, defect: Defect | undefined): OpenedAddon {
	return defect === undefined || opened.defects.some(({ when }) => when === 'load')
		? opened
		: { ...opened, defects: [defect, ...opened.defects] };
}

function newFiles(opened: OpenedAddon, runtime: Process): OpenedAddon {
	const before = new Set(runtime.objects);
	return { ...opened, objects: opened.objects.filter((object) => !before.has(object)) };
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
	const meant = group.files.some((file) => file.libc === other) ? other : 'another processor';
	const message = group.nodeGypBuild ? `No native build was found for platform=linux` : group.refusal[libc];
	if (group.files.length === 0)
		return {
			need,
			answer: 'fails',
			because: need.because,
			message,
			hint: `install ${group.name} for Linux, with its optional dependencies and install scripts`,
		};
	return {
		need,
		answer: 'fails',
		because: there,
		message,
		hint: `only the variant of ${group.name} for ${meant} was installed: install it for this base (npm install --libc=${libc}), or take a base with ${meant}`,
	};
}

/** Functions that fail only when they are called: in a large addon the application may never come to them. */
const fewShare = 4;

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
