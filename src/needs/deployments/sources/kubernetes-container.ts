import { fieldAt, isTrue, itemsOf, textOf } from '../../../formats/yaml/fields.ts';
import type { Tree } from '../../../formats/yaml/tree.ts';
import type { DeployedProgram, Deployment, Mount } from '../../../model/deployment.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Launch } from '../../../model/need.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { unknownWord } from '../../launch/course.ts';
import { mayNotSwitch } from '../capabilities.ts';
import { referenced } from '../words.ts';

export interface Container {
	/** The manifest. */
	readonly path: string;
	readonly pod: Tree | undefined;
	readonly tree: Tree;
	/** `Deployment shop` */
	readonly workload: string;
	/** One of `initContainers`. */
	readonly first: boolean;
}

/** Where a container says which programs are started in it. */
const programs: readonly (readonly [of: DeployedProgram['of'], ...path: readonly string[]])[] = [
	['startup probe', 'startupProbe', 'exec', 'command'],
	['liveness probe', 'livenessProbe', 'exec', 'command'],
	['readiness probe', 'readinessProbe', 'exec', 'command'],
	['postStart hook', 'lifecycle', 'postStart', 'exec', 'command'],
	['preStop hook', 'lifecycle', 'preStop', 'exec', 'command'],
];

/** A container as the kubelet would start it (Kubernetes API, core/v1 Container and PodSpec). */
export function readContainer({ path, pod, tree, workload, first }: Container): Deployment {
	const said = <T>(at: Tree, value: T, shows: string): Launch<T> => ({ value, because: evidence(path, at, shows) });
	const env = environment(tree);
	const values = new Map(env.map(({ name, value }) => [name, value]));
	const words = (at: Tree | undefined): readonly string[] => itemsOf(at).map((item) => referenced(textOf(item) ?? '', values));
	const argv = (name: string): Launch<readonly string[]> | undefined => {
		const at = fieldAt(tree, name);
		return at === undefined || words(at).length === 0 ? undefined : said(at, words(at), `${name}: ${JSON.stringify(words(at))}`);
	};
	const [entrypoint, command, workingDir] = [argv('command'), argv('args'), fieldAt(tree, 'workingDir')];
	const name = textOf(fieldAt(tree, 'name'));
	const directory = textOf(workingDir) ?? '';
	return {
		engine: 'kubernetes',
		name: `${first ? 'init container' : 'container'} ${name ?? ''} of ${workload}`,
		certainty: 'likely',
		because: evidence(path, tree, `container ${name ?? ''}`),
		...(entrypoint === undefined ? {} : { entrypoint }),
		...(command === undefined ? {} : { command }),
		...(workingDir === undefined || directory === '' ? {} : { workingDir: said(workingDir, directory, `workingDir: ${directory}`) }),
		...security(path, pod, tree),
		env: env.map(({ at, ...pair }) => said(at, pair, `env: ${pair.name}`)),
		programs: programs.flatMap(([of, ...names]) => {
			const at = fieldAt(tree, ...names);
			const argvOf = itemsOf(at).map((item) => textOf(item) ?? '');
			return at === undefined || argvOf.length === 0
				? []
				: [said(at, { of, form: 'exec' as const, argv: argvOf }, `${names[0]} exec: ${JSON.stringify(argvOf)}`)];
		}),
		mounts: itemsOf(fieldAt(tree, 'volumeMounts')).flatMap((item) => {
			const mount = mountOf(item, pod);
			return mount === undefined ? [] : [said(item, mount, `mounted at ${mount.at}`)];
		}),
	};
}

const evidence = (path: string, at: Tree, shows: string): Evidence => ({ path, line: at.line, shows: shows.slice(0, 120) });

/** A value that comes from elsewhere is not known; `envFrom` is not followed. */
function environment(tree: Tree): readonly { readonly name: string; readonly value: string; readonly at: Tree }[] {
	const values = new Map<string, string>();
	return itemsOf(fieldAt(tree, 'env')).flatMap((item) => {
		const name = textOf(fieldAt(item, 'name')) ?? '';
		const literal = fieldAt(item, 'valueFrom') === undefined ? (textOf(fieldAt(item, 'value')) ?? '') : unknownWord;
		if (name === '') return [];
		const value = referenced(literal, values);
		values.set(name, value);
		return [{ name, value, at: item }];
	});
}

/** The container's own words before those of its pod. */
function security(path: string, pod: Tree | undefined, tree: Tree): Pick<Deployment, 'user' | 'nonRoot' | 'readOnlyRoot' | 'fixedUser'> {
	const field = (name: string): Tree | undefined => fieldAt(tree, 'securityContext', name) ?? fieldAt(pod, 'securityContext', name);
	const [user, group, nonRoot] = [field('runAsUser'), field('runAsGroup'), field('runAsNonRoot')];
	const readOnly = fieldAt(tree, 'securityContext', 'readOnlyRootFilesystem');
	const uid = textOf(user) ?? '';
	const because = (at: Tree, shows: string): Evidence => evidence(path, at, shows);
	const dropped = fieldAt(tree, 'securityContext', 'capabilities', 'drop');
	const names = (list: Tree | undefined): readonly string[] => itemsOf(list).map((item) => textOf(item) ?? '');
	const fixed = mayNotSwitch(names(dropped), names(fieldAt(tree, 'securityContext', 'capabilities', 'add')));
	return {
		...(dropped !== undefined && fixed
			? { fixedUser: { value: true, because: because(dropped, `drop: ${JSON.stringify(names(dropped))}`) } }
			: {}),
		...(user !== undefined && /^\d{1,10}$/.test(uid)
			? {
					user: {
						value: /^\d{1,10}$/.test(textOf(group) ?? '') ? `${uid}:${textOf(group)}` : uid,
						because: because(user, `runAsUser: ${uid}`),
					},
				}
			: {}),
		...(nonRoot !== undefined && isTrue(nonRoot) ? { nonRoot: { value: true, because: because(nonRoot, 'runAsNonRoot: true') } } : {}),
		...(readOnly !== undefined && isTrue(readOnly)
			? { readOnlyRoot: { value: true, because: because(readOnly, 'readOnlyRootFilesystem: true') } }
			: {}),
	};
}

/** An emptyDir is empty; what the others hold is known to the cluster alone. */
function mountOf(item: Tree, pod: Tree | undefined): Mount | undefined {
	const path = textOf(fieldAt(item, 'mountPath')) ?? '';
	if (!path.startsWith('/')) return undefined;
	const volume = itemsOf(fieldAt(pod, 'volumes')).find((one) => textOf(fieldAt(one, 'name')) === textOf(fieldAt(item, 'name')));
	const has = (name: string): boolean => fieldAt(volume, name) !== undefined;
	const fixed = has('configMap') || has('secret') || has('projected') || has('downwardAPI');
	return {
		at: absolutePath(path, '/'),
		content: has('emptyDir') && fieldAt(item, 'subPath') === undefined ? 'empty' : 'unknown',
		writable: !fixed && !isTrue(fieldAt(item, 'readOnly')),
	};
}
