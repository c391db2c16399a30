import type { Dockerfile, Stage } from '../../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import { FootingError } from '../../model/errors.ts';
import { fileTree, type NewEntry } from '../../model/file-tree.ts';
import type { Host } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import type { Application } from '../../model/need.ts';
import { quote } from '../../model/quote.ts';
import { readDeployments } from '../deployments/read-deployments.ts';
import { deploymentSources } from '../deployments/sources/index.ts';
import { relativePath } from '../deployments/words.ts';
import { type BuildContext, type ContextEntry, readContext } from './context.ts';
import { noteFirstReading } from './first-reading.ts';
import { parseIgnore } from './ignore.ts';
import { inspectFile } from './local-file.ts';
import { settleNodeModules } from './node-modules.ts';
import { newOwners } from './owner.ts';
import { evaluateStage, type StageState } from './stage.ts';
import { globalScope } from './variables.ts';

export interface ApplicationOptions {
	/** Path relative to the directory, `Dockerfile` unless said. */
	readonly dockerfile?: string;
	/** Name or number of the stage to build; the last one unless said. */
	readonly target?: string;
	readonly buildArgs?: Readonly<Record<string, string>>;
	/** Read instead of the file: the application as it would be after a change. */
	readonly dockerfileText?: string;
	/** The same directory as it was read before: it is not walked again. */
	readonly before?: Application;
}

const contexts = new WeakMap<Application, BuildContext>();

/** Files whose first bytes are looked at: executables, libraries, addons and names without an ending. */
const inspected = /\.(so(\.[\d.]+)?|node|sh|bash|pyd?|bin|exe)$|(^|\/)[^./]+$/;

/**
 * The application in a directory with a Dockerfile: what its final stage adds to its base, without building it.
 * @throws FootingError `no-application`, `bad-dockerfile`, `bad-reference`, `limit`
 */
export async function readApplicationDirectory(host: Host, directory: string, options: ApplicationOptions = {}): Promise<Application> {
	const path = options.dockerfile ?? 'Dockerfile';
	const text = options.dockerfileText ?? (await readText(host, directory, path));
	if (text === undefined)
		throw new FootingError('no-application', `cannot read the application: there is no ${quote(path)} in ${quote(directory)}`);
	const dockerfile = parseDockerfile(text);
	const context = (options.before && contexts.get(options.before)) ?? (await contextOf(host, directory, path));
	const owners = newOwners();
	const mark = dockerfile.directives.escape;
	const input = {
		dockerfile,
		path,
		context,
		owners,
		global: globalScope(dockerfile.globalArgs, new Map(Object.entries(options.buildArgs ?? {})), mark),
		read: (entry: ContextEntry, at: string): NewEntry => contextEntry(host, entry, at),
	};
	const stage = targetStage(dockerfile, options.target);
	const state = evaluateStage(input, stage);
	checkReference(state);
	const entries = await withContents(host, state);
	const builds = (target: string | undefined): boolean => stageCalled(dockerfile, target) === stage;
	const subject = { name: nameOf(directory), dockerfile: relativePath(path) ?? path, builds, context, names: new Set<string>() };
	const { deployments, problems } = await readDeployments(host.disk, directory, subject, deploymentSources);
	const application: Application = {
		name: nameOf(directory),
		origin: 'directory',
		reference: directory,
		dockerfile: { path, text },
		...(state.base === undefined || state.base.reference === 'scratch' ? {} : { currentBase: state.base }),
		files: fileTree(entries),
		launch: state.launch,
		...(owners.names.size === 0 ? {} : { ownerNames: owners.names }),
		unseen: [...settleNodeModules(state.unseen, await lockFiles(host, context)), ...problems],
		...(deployments.length === 0 ? {} : { deployments }),
	};
	contexts.set(application, context);
	if (options.before !== undefined) noteFirstReading(application, options.before);
	return application;
}

async function contextOf(host: Host, directory: string, path: string): Promise<BuildContext> {
	const ignore = (await readText(host, directory, `${path}.dockerignore`)) ?? (await readText(host, directory, '.dockerignore')) ?? '';
	return readContext(host.disk, directory, parseIgnore(ignore));
}

async function readText(host: Host, directory: string, path: string): Promise<string | undefined> {
	const source = `${directory}/${path}`;
	const stat = await host.disk.stat(source, { follow: true });
	if (stat === undefined || stat.type !== 'file') return undefined;
	return new TextDecoder().decode(await host.disk.readFile(source, limits.sourceFile, { follow: true }));
}

function targetStage(dockerfile: Dockerfile, target: string | undefined): Stage {
	const found = stageCalled(dockerfile, target);
	if (found === undefined)
		throw new FootingError('bad-usage', `invalid target ${quote(target ?? '', 60)}: the Dockerfile has no such stage`);
	return found;
}

function stageCalled({ stages }: Dockerfile, target: string | undefined): Stage | undefined {
	if (target === undefined) return stages.at(-1);
	return (
		stages.findLast((stage) => stage.name === target.toLowerCase()) ??
		(/^\d{1,4}$/.test(target) ? stages[Number.parseInt(target, 10)] : undefined)
	);
}

/** A base is a reference and nothing a shell or an option parser would act on. */
function checkReference(state: StageState): void {
	const reference = state.base?.reference;
	if (reference !== undefined && !/^[A-Za-z0-9][\w.:/@+-]*$/.test(reference))
		throw new FootingError('bad-reference', `invalid FROM in line ${state.base?.because.line}: ${quote(reference, 80)} cannot be an image`);
}

function contextEntry(host: Host, entry: ContextEntry, path: string): NewEntry {
	if (entry.type === 'symlink') return { path, type: 'symlink', target: entry.target ?? '' };
	return { path, type: 'file', mode: entry.mode, size: entry.size, body: lazyBody(host, entry) };
}

/** Where a lazily read body comes from, to look at its first bytes later. */
const origins = new WeakMap<() => Promise<Uint8Array>, ContextEntry>();

function lazyBody(host: Host, entry: ContextEntry): () => Promise<Uint8Array> {
	const read = (): Promise<Uint8Array> => host.disk.readFile(entry.source, limits.textDatabase);
	origins.set(read, entry);
	return read;
}

/** Looks at the first bytes of what could be a program, sixteen files at a time. */
async function withContents(host: Host, state: StageState): Promise<readonly NewEntry[]> {
	const entries = [...state.tree.values()];
	const wanted = entries.flatMap((entry, index) => {
		const origin = typeof entry.body === 'function' ? origins.get(entry.body) : undefined;
		const worth = origin !== undefined && origin.size > 0 && ((entry.mode ?? 0) & 0o111) + (inspected.test(entry.path) ? 1 : 0) > 0;
		return worth ? [{ index, origin }] : [];
	});
	const next = wanted[Symbol.iterator]();
	const worker = async (): Promise<void> => {
		for (const { index, origin } of next)
			entries[index] = { ...(entries[index] as NewEntry), ...(await inspectFile(host.disk, origin.source)) };
	};
	await Promise.all(Array.from({ length: 16 }, worker));
	return entries;
}

/** package-lock.json of the context, by the directory it would be copied to: the one lock file, or the one of the same name. */
async function lockFiles(host: Host, context: BuildContext): Promise<(directory: string) => string | undefined> {
	const locks = new Map<string, string>();
	for (const [path, entry] of context)
		if (
			/(^|\/)package-lock\.json$/.test(path) &&
			!path.includes('node_modules/') &&
			entry.type === 'file' &&
			entry.size <= limits.sourceFile * 4
		)
			locks.set(path, new TextDecoder().decode(await host.disk.readFile(entry.source, limits.sourceFile * 4)));
	return (directory) => {
		const name = directory.slice(directory.lastIndexOf('/') + 1);
		return locks.size === 1 ? [...locks.values()][0] : (locks.get(`${name}/package-lock.json`) ?? locks.get('package-lock.json'));
	};
}

function nameOf(directory: string): string {
	return (
		directory
			.replace(/\/+$/, '')
			.split('/')
			.findLast((part) => part !== '' && part !== '.' && part !== '..') ?? 'application'
	);
}
