import type { ImageSource } from '../source.ts';
import { registry } from './registry.ts';

/** In the order in which a bare name is tried. */
export const imageSources: readonly ImageSource[] = [registry];
