import { fieldAt, itemsOf, textOf } from '../../../formats/yaml/fields.ts';
import type { Tree } from '../../../formats/yaml/tree.ts';
import type { DeployedSubject, DeploymentSource, Document } from '../deployment-source.ts';
import { imageName } from '../words.ts';
import { type Container, readContainer } from './kubernetes-container.ts';

/** Where each kind of workload keeps the specification of its pods. */
const podSpecs = new Map<string, readonly string[]>([
	['Pod', ['spec']],
	['Deployment', ['spec', 'template', 'spec']],
	['StatefulSet', ['spec', 'template', 'spec']],
	['DaemonSet', ['spec', 'template', 'spec']],
	['ReplicaSet', ['spec', 'template', 'spec']],
	['Job', ['spec', 'template', 'spec']],
	['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);
const workload = /^[ \t-]*["']?kind["']?\s*:\s*["']?(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)["']?\s*(#.*)?$/m;
/** Of Helm. */
const template = /\{\{-?\s*(\.|include\b|if\b|end\b|range\b|with\b|template\b|define\b|toYaml\b)/;

/**
 * Manifests in the usual directories and beside the Dockerfile: the containers whose image is called like the application's
 * directory, like its service in the Compose file, or like that service's image; where none is, the one image that all
 * manifests together name. The tag and the registry are not compared.
 */
export const kubernetes: DeploymentSource = {
	directories: ['k8s', 'kubernetes', 'deploy', 'manifests'],
	choose: (names) => names.filter((name) => /\.ya?ml$/.test(name)),
	recognise: (text) => {
		if (!/^[ \t-]*["']?apiVersion["']?\s*:/m.test(text) || !workload.test(text)) return 'other';
		return template.test(text) ? 'template' : 'read';
	},
	read: (documents, subject) => ({ deployments: ours(documents, subject).map(readContainer), names: [], unread: [] }),
};

function ours(documents: readonly Document[], subject: DeployedSubject): readonly Container[] {
	const all = documents.flatMap((document) => manifests(document).flatMap((tree) => containersOf(tree, document.path)));
	const called = (container: Container): string => imageName(textOf(fieldAt(container.tree, 'image')) ?? '');
	const known = new Set([subject.name.toLowerCase(), ...subject.names]);
	const named = all.filter((container) => known.has(called(container)));
	if (named.length > 0) return named;
	return new Set(all.map(called)).size === 1 && called(all[0] as Container) !== '' ? all : [];
}

/** A `List` holds manifests. */
function manifests({ tree }: Document): readonly Tree[] {
	return textOf(fieldAt(tree, 'kind')) === 'List' ? itemsOf(fieldAt(tree, 'items')) : [tree];
}

function containersOf(tree: Tree, path: string): readonly Container[] {
	const kind = textOf(fieldAt(tree, 'kind')) ?? '';
	const at = podSpecs.get(kind);
	if (at === undefined) return [];
	const pod = fieldAt(tree, ...at);
	const workloadName = `${kind} ${textOf(fieldAt(tree, 'metadata', 'name')) ?? ''}`.trim();
	return (['initContainers', 'containers'] as const).flatMap((list) =>
		itemsOf(fieldAt(pod, list)).map((container) => ({
			path,
			pod,
			tree: container,
			workload: workloadName,
			first: list === 'initContainers',
		})),
	);
}
