import type { Deployment } from '../../model/deployment.ts';
import { FootingError } from '../../model/errors.ts';
import type { Disk } from '../../model/host.ts';
import type { Problem } from '../../model/problem.ts';
import type { DeployedSubject, DeploymentSource, Document } from './deployment-source.ts';
import { relativePath } from './words.ts';

const bounds = {
	/** bytes of one file */
	file: 256 * 1024,
	/** files of one form */
	files: 64,
	/** names in one directory */
	names: 2000,
	/** levels below a directory of the usual name */
	depth: 3,
} as const;

export interface DeploymentsRead {
	readonly deployments: readonly Deployment[];
	/** Files that could not be read, and what of others was left out. */
	readonly problems: readonly Problem[];
}

/** How the files beside a Dockerfile run its image; a broken one is a problem and ends nothing. */
export async function readDeployments(
	disk: Disk,
	directory: string,
	subject: DeployedSubject,
	sources: readonly DeploymentSource[],
): Promise<DeploymentsRead> {
	const deployments: Deployment[] = [];
	const problems: Problem[] = [];
	const names = new Set(subject.names);
	for (const source of sources) {
		const documents: Document[] = [];
		for (const path of await filesOf(disk, directory, subject, source))
			documents.push(...(await parse(disk, `${directory}/${path}`, path, source, problems)));
		const found = source.read(documents, { ...subject, names });
		deployments.push(...found.deployments);
		for (const name of found.names) names.add(name);
		problems.push(...found.unread.map(({ path, why }) => problem(path, why)));
	}
	return { deployments, problems };
}

const problem = (path: string, why: string): Problem => ({ code: 'unseen-deployment', where: path, message: why });

/** Paths relative to the directory: beside the Dockerfile, in the context's root, and in and below the usual directories. */
async function filesOf(disk: Disk, directory: string, subject: DeployedSubject, source: DeploymentSource): Promise<readonly string[]> {
	const beside = relativePath(subject.dockerfile, '..') ?? '';
	const found: string[] = [];
	const pending = [...new Set(['', beside])].map((path): { readonly path: string; readonly depth: number } => ({
		path,
		depth: bounds.depth,
	}));
	pending.push(...source.directories.map((path) => ({ path, depth: 0 })));
	for (let next = pending.shift(); next !== undefined && found.length < bounds.files; next = pending.shift()) {
		const { path, depth } = next;
		const inner = (name: string): string => (path === '' ? name : `${path}/${name}`);
		const names = await namesIn(disk, path === '' ? directory : `${directory}/${path}`, path === '');
		found.push(...source.choose(names, path).map(inner));
		if (depth >= bounds.depth) continue;
		for (const name of names)
			if ((await disk.stat(`${directory}/${inner(name)}`))?.type === 'directory') pending.push({ path: inner(name), depth: depth + 1 });
	}
	return [...new Set(found)].slice(0, bounds.files);
}

/** Sorted; none of a directory that is not there or must not be read. Links are followed to the context itself alone. */
async function namesIn(disk: Disk, directory: string, follow: boolean): Promise<readonly string[]> {
	try {
		if ((await disk.stat(directory, { follow }))?.type !== 'directory') return [];
		return [...(await disk.list(directory))].sort().slice(0, bounds.names);
	} catch (error) {
		if (error instanceof FootingError && error.code !== 'internal') return [];
		throw error;
	}
}

async function parse(
	disk: Disk,
	source: string,
	path: string,
	{ recognise }: DeploymentSource,
	problems: Problem[],
): Promise<readonly Document[]> {
	const stat = await disk.stat(source);
	if (stat?.type !== 'file') return [];
	try {
		const text = new TextDecoder().decode(await disk.readFile(source, bounds.file));
		const form = recognise(text);
		if (form === 'other') return [];
		if (form === 'template') {
			problems.push(problem(path, 'it is a template, and what it becomes is not known: render it to have it read'));
			return [];
		}
		// most applications have no such file: the parser is loaded for those that do
		const { readTrees } = await import('../../formats/yaml/read-tree.ts');
		const { trees, faults } = readTrees(text, path);
		if (faults[0] !== undefined) problems.push(problem(path, `it is broken: line ${faults[0].line}: ${faults[0].message}`));
		return trees.map((tree) => ({ path, tree }));
	} catch (error) {
		if (!(error instanceof FootingError) || error.code === 'internal') throw error;
		problems.push(problem(path, error.message));
		return [];
	}
}
