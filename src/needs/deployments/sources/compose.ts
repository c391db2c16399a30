import { fieldAt, fieldsOf, textOf } from '../../../formats/yaml/fields.ts';
import type { Tree } from '../../../formats/yaml/tree.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { unknownWord } from '../../launch/course.ts';
import type { DeployedSubject, DeploymentSource, DeploymentsFound, Document } from '../deployment-source.ts';
import { imageName, interpolated, relativePath } from '../words.ts';
import { readService } from './compose-service.ts';

/** In the order in which Compose looks for them; it takes the first. */
const fileNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/**
 * Compose files beside the Dockerfile: the services that build it, and those that run the image that such a service names.
 * Overriding files, `include` and `extends` from other files are told and not read.
 */
export const compose: DeploymentSource = {
	directories: [],
	choose: (names) => fileNames.filter((name) => names.includes(name)).slice(0, 1),
	recognise: () => 'read',
	read: (documents, subject) => {
		const found = documents.map((document) => readFile(document, subject));
		return {
			deployments: found.flatMap(({ deployments }) => deployments),
			names: found.flatMap(({ names }) => names),
			unread: found.flatMap(({ unread }) => unread),
		};
	},
};

interface Service {
	readonly name: string;
	readonly tree: Tree;
	readonly fields: ReadonlyMap<string, Tree>;
}

function readFile(document: Document, subject: DeployedSubject): DeploymentsFound {
	const { path, tree } = document;
	const all = servicesOf(fieldAt(tree, 'services'));
	const built = all.flatMap((service) => {
		const certainty = buildsIt(service, document, subject);
		return certainty === undefined ? [] : [{ service, certainty: service.fields.has('profiles') ? ('likely' as const) : certainty }];
	});
	const images = new Set(built.flatMap(({ service }) => textOf(service.fields.get('image')) ?? []));
	const others = all.filter(({ fields }) => !fields.has('build') && images.has(textOf(fields.get('image')) ?? ''));
	const ours = [...built, ...others.map((service) => ({ service, certainty: 'likely' as const }))];
	const unread = ours.flatMap(({ service }) => {
		const file = textOf(fieldAt(service.fields.get('extends'), 'file'));
		return file === undefined ? [] : [{ path, why: `the service ${service.name} extends one of ${file}, which is not read` }];
	});
	if (fieldAt(tree, 'include') !== undefined) unread.push({ path, why: 'the files that it includes are not read' });
	return {
		deployments: ours.map(({ service, certainty }) => readService(service, certainty, document, subject)),
		names: [...built.map(({ service }) => service.name.toLowerCase()), ...[...images].map(imageName)],
		unread,
	};
}

/** Services with what they `extend` in the same file behind their own fields. */
function servicesOf(services: Tree | undefined): readonly Service[] {
	const known = new Map([...fieldsOf(services)].map(([name, tree]) => [name, { name, tree, fields: fieldsOf(tree) }]));
	return [...known.values()].map((service) => {
		const fields = new Map(service.fields);
		let from = service.fields.get('extends');
		for (let hops = 0; from !== undefined && hops < 8; hops++) {
			const parent = known.get(textOf(from) ?? textOf(fieldAt(from, 'service')) ?? '');
			if (fieldAt(from, 'file') !== undefined || parent === undefined) break;
			for (const [name, tree] of parent.fields) if (!fields.has(name)) fields.set(name, tree);
			from = parent.fields.get('extends');
		}
		return { ...service, fields };
	});
}

/** How sure it is that the service's `build` is the Dockerfile and stage that are read; undefined: it is another. */
function buildsIt({ fields }: Service, { path }: Document, subject: DeployedSubject): Certainty | undefined {
	const build = fields.get('build');
	if (build === undefined || fieldAt(build, 'dockerfile_inline') !== undefined) return undefined;
	const context = interpolated(textOf(build) ?? textOf(fieldAt(build, 'context')) ?? '.');
	const dockerfile = interpolated(textOf(fieldAt(build, 'dockerfile')) ?? 'Dockerfile');
	const target = textOf(fieldAt(build, 'target'));
	const open = [context, dockerfile, target ?? ''].some((text) => interpolated(text).includes(unknownWord));
	if (open) return 'likely';
	if (/^[a-z]+:\/\/|^git@|^\//i.test(context) || !subject.builds(target === undefined ? undefined : interpolated(target))) return undefined;
	const root = relativePath(path, '..', context);
	if (root === undefined) return undefined;
	return root === '' && relativePath(dockerfile) === subject.dockerfile ? 'required' : undefined;
}
