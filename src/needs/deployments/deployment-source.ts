import type { Tree } from '../../formats/yaml/tree.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { BuildContext } from '../application/context.ts';

/** One form of file that says how an image is run. */
export interface DeploymentSource {
	/** Directories that it is looked for in besides those of the build context and of the Dockerfile, relative to the former. */
	readonly directories: readonly string[];
	/** Of all names in one directory those to read, in order. */
	readonly choose: (names: readonly string[], directory: string) => readonly string[];
	/** Whether a file is to be parsed: others may have such a name, and a template is no YAML before it is rendered. */
	readonly recognise: (text: string) => 'read' | 'template' | 'other';
	readonly read: (documents: readonly Document[], subject: DeployedSubject) => DeploymentsFound;
}

export interface Document {
	/** Relative to the build context. */
	readonly path: string;
	readonly tree: Tree;
}

/** The application whose image is run. */
export interface DeployedSubject {
	readonly name: string;
	/** Its Dockerfile relative to the build context. */
	readonly dockerfile: string;
	/** Whether this `target` of a build, or none, is the stage that is read. */
	readonly builds: (target: string | undefined) => boolean;
	readonly context: BuildContext;
	/** Names that the image is known by so far, without registry and tag. */
	readonly names: ReadonlySet<string>;
}

export interface DeploymentsFound {
	readonly deployments: readonly Deployment[];
	/** More names that the image has. */
	readonly names: readonly string[];
	/** What was left out, for people. */
	readonly unread: readonly { readonly path: string; readonly why: string }[];
}
