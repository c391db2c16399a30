import type { ImageSource } from '../source.ts';

/** In the order in which a bare name is tried. */
export const imageSources: readonly ImageSource[] = [];
