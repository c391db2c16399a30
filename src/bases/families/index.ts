import type { BaseFamily } from '../family.ts';
import { node } from './node.ts';

/** Every base family, in the order in which they are asked. */
export const families: readonly BaseFamily[] = [node];
