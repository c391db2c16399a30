import type { Evidence } from '../../model/evidence.ts';
import { type Bodies, makeDirectories, newRoot, treeRootfs } from '../../model/file-tree.ts';
import type { Image, ImageConfig } from '../../model/image.ts';
import type { Application, Launch, LaunchPlan } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import type { Entry, Rootfs } from '../../model/rootfs.ts';

/** What is known of the border between an image's base and its application. */
export interface ImageSplit {
	/** The lowest layers that are the base's, told by the diffIDs of a base that was opened. */
	readonly base?: { readonly reference: string; readonly config: ImageConfig; readonly layers: number; readonly because: Evidence };
	/** Whether a package owns a path: without a known base, unowned files outside of the system's places are the application's. */
	readonly owned?: (path: string) => boolean;
}

/** The application that a built image holds, apart from its base. */
export function applicationFromImage(image: Image, rootfs: Rootfs, split: ImageSplit = {}): Application {
	const { base } = split;
	const belongs = base === undefined ? ownFile(split.owned) : (entry: Entry): boolean => entry.layer >= base.layers;
	const unseen = base === undefined ? [unknownBase(image)] : [];
	return {
		name: nameOf(image.reference),
		origin: 'image',
		reference: image.reference,
		...(base === undefined ? {} : { currentBase: { reference: base.reference, because: base.because } }),
		files: part(rootfs, belongs, base?.layers ?? 0),
		launch: launchOf(image.config, base?.config),
		unseen,
	};
}

/** How many of an image's layers are those of a base: all of the base's, from the lowest, told by their diffIDs; else 0. */
export function sharedLayers(image: Pick<Image, 'layers'>, base: Pick<Image, 'layers'>): number {
	const same = base.layers.every(({ diffId }, i) => diffId !== undefined && diffId === image.layers[i]?.diffId);
	return same ? base.layers.length : 0;
}

/** The base that a builder wrote down (OCI image specification, annotations; some tools use labels). */
export function annotatedBase(
	image: Pick<Image, 'annotations' | 'config'>,
): { readonly reference: string; readonly digest?: string } | undefined {
	const said = (name: string): string | undefined => image.annotations.get(name) ?? image.config.labels.get(name);
	const reference = said('org.opencontainers.image.base.name');
	const digest = said('org.opencontainers.image.base.digest');
	if (reference === undefined || reference === '' || reference.startsWith('-')) return undefined;
	return { reference, ...(digest !== undefined && /^sha256:[0-9a-f]{64}$/.test(digest) ? { digest } : {}) };
}

function unknownBase(image: Image): Problem {
	return {
		code: 'unknown-base',
		where: '/',
		message: `which files and settings of ${image.reference} come from its base is not known: no base that was named has its lowest layers`,
	};
}

/** Where distributions and language runtimes put their own files. */
const systemPlaces = /^\/(bin|boot|dev|etc|lib\w*|media|mnt|nodejs|proc|root|run|sbin|sys|tmp|usr|var)(\/|$)/;

function ownFile(owned: ((path: string) => boolean) | undefined): (entry: Entry) => boolean {
	return (entry) => !systemPlaces.test(entry.path) && owned?.(entry.path) !== true;
}

/** The entries that are wanted, as a tree of its own; bodies are read through the whole. Layers count from the first wanted one. */
function part(rootfs: Rootfs, wanted: (entry: Entry) => boolean, firstLayer: number): Rootfs {
	const root = newRoot();
	let inode = -1;
	for (const entry of rootfs.entries()) {
		if (!wanted(entry)) continue;
		const slash = entry.path.lastIndexOf('/');
		const parent = makeDirectories(root, entry.path.slice(0, slash), 0, () => inode--);
		if (parent?.children === undefined) continue;
		const name = entry.path.slice(slash + 1);
		const node = {
			entry: { ...entry, layer: Math.max(0, entry.layer - firstLayer) },
			children: entry.type === 'directory' ? new Map() : undefined,
		};
		parent.children.set(name, parent.children.get(name) ?? node);
	}
	const bodies: Bodies = {
		kept: () => undefined,
		async fetch(entries, limit) {
			const read = await rootfs.readMany(
				entries.map(({ path }) => path),
				{ limit },
			);
			return new Map(entries.flatMap(({ inode: key, path }) => (read.has(path) ? [[key, read.get(path) as Uint8Array] as const] : [])));
		},
		elf: (entry) => rootfs.elf(entry.path),
		shebang: (entry) => rootfs.shebang(entry.path),
	};
	return treeRootfs(root, bodies, { layerCount: Math.max(1, rootfs.layerCount - firstLayer), problems: rootfs.problems });
}

/** What the image says otherwise than its base; of an image without a known base all that it says. */
function launchOf(config: ImageConfig, base: ImageConfig | undefined): LaunchPlan {
	const said = <T>(value: T, shows: string): Launch<T> => ({ value, because: { path: 'image config', shows } });
	const differs = (own: unknown, theirs: unknown): boolean => JSON.stringify(own) !== JSON.stringify(theirs);
	const command = (argv: readonly string[], name: string): Launch<{ form: 'exec' | 'shell'; argv: readonly string[] }> =>
		said({ form: isShellForm(argv) ? 'shell' : 'exec', argv }, `${name} ${JSON.stringify(argv)}`);
	const ownEntrypoint = config.entrypoint.length > 0 && differs(config.entrypoint, base?.entrypoint);
	const ownCommand = config.command.length > 0 && (ownEntrypoint || differs(config.command, base?.command));
	const test = config.healthcheck?.test ?? [];
	const baseEnv = new Map((base?.env ?? []).map(({ name, value }) => [name, value]));
	return {
		...(ownEntrypoint ? { entrypoint: command(config.entrypoint, 'ENTRYPOINT') } : {}),
		...(ownCommand ? { command: command(config.command, 'CMD') } : {}),
		...(test.length > 0 && differs(test, base?.healthcheck?.test)
			? { healthcheck: said(healthcheckOf(test, config.shell), `HEALTHCHECK ${JSON.stringify(test)}`) }
			: {}),
		...(config.user !== '' && config.user !== base?.user ? { user: said(config.user, `USER ${config.user}`) } : {}),
		...(config.workingDir !== '' && config.workingDir !== base?.workingDir
			? { workingDir: said(config.workingDir, `WORKDIR ${config.workingDir}`) }
			: {}),
		...(config.shell !== undefined && differs(config.shell, base?.shell)
			? { shell: said(config.shell, `SHELL ${JSON.stringify(config.shell)}`) }
			: {}),
		...(config.stopSignal !== undefined && config.stopSignal !== base?.stopSignal
			? { stopSignal: said(config.stopSignal, `STOPSIGNAL ${config.stopSignal}`) }
			: {}),
		env: config.env.filter(({ name, value }) => baseEnv.get(name) !== value).map((item) => said(item, `ENV ${item.name}`)),
		exposedPorts: config.exposedPorts.filter((port) => !base?.exposedPorts.includes(port)).map((port) => said(port, `EXPOSE ${port}`)),
		volumes: config.volumes.filter((path) => !base?.volumes.includes(path)).map((path) => said(path, `VOLUME ${path}`)),
		runs: [],
	};
}

/** The shell form as builders store it: `["/bin/sh", "-c", "command"]`. */
const isShellForm = (argv: readonly string[]): boolean => argv.length === 3 && argv[1] === '-c' && /\/(sh|bash|ash)$/.test(argv[0] ?? '');

function healthcheckOf(test: readonly string[], shell: readonly string[] | undefined): NonNullable<LaunchPlan['healthcheck']>['value'] {
	const [form, ...argv] = test;
	if (form === 'NONE') return { form: 'none', argv: [] };
	return form === 'CMD-SHELL' ? { form: 'shell', argv: [...(shell ?? ['/bin/sh', '-c']), ...argv] } : { form: 'exec', argv };
}

function nameOf(reference: string): string {
	const last = reference.slice(reference.lastIndexOf('/') + 1);
	return last.replace(/[:@].*$/, '') || reference;
}
