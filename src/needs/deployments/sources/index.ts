import type { DeploymentSource } from '../deployment-source.ts';
import { compose } from './compose.ts';
import { kubernetes } from './kubernetes.ts';

/** The forms of files that are read; one line each. Names that one finds are known to those after it. */
export const deploymentSources: readonly DeploymentSource[] = [compose, kubernetes];
