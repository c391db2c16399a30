import { takeInventory } from '../../src/inventory/take-inventory.ts';
import type { ImageConfig } from '../../src/model/image.ts';
import type { Count, Item, Measurement } from '../../src/model/surface.ts';
import { measure } from '../../src/surface/measure.ts';
import { rootfs } from './rootfs.ts';

export type Tree = Parameters<typeof rootfs>[0];

export const plainConfig: ImageConfig = {
	user: '',
	entrypoint: [],
	command: [],
	env: [],
	workingDir: '',
	exposedPorts: [],
	volumes: [],
	labels: new Map(),
};

/** The measurement of a tree written as an object. */
export async function measured(tree: Tree, config: Partial<ImageConfig> = {}): Promise<Measurement> {
	const root = rootfs(tree);
	return measure(root, await takeInventory(root), { ...plainConfig, ...config });
}

/** `name@path` of each item, and `at least` when something is hidden. */
export function items(count: Count): readonly string[] {
	return [...(count.items ?? []).map((i: Item) => `${i.name}@${i.path}`), ...(count.atLeast === true ? ['at least'] : [])];
}
