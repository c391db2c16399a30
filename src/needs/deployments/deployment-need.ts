import type { DeployedProgram, Deployment } from '../../model/deployment.ts';
import type { Application, Launch } from '../../model/need.ts';
import type { Write } from '../source/writes.ts';

/** What one deployment asks of a base. */
export type DeploymentNeed = { readonly application: Application; readonly deployment: Deployment } & (
	| { readonly of: 'start' }
	| { readonly of: 'program'; readonly program: Launch<DeployedProgram> }
	| { readonly of: 'user' }
	| { readonly of: 'non-root' }
	| { readonly of: 'write'; readonly write: Write }
);
