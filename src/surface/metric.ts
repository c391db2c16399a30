import type { ImageConfig } from '../model/image.ts';
import type { Inventory } from '../model/package.ts';
import type { Entry, Rootfs } from '../model/rootfs.ts';
import type { Surface } from '../model/surface.ts';
import type { Program } from './program.ts';

/** What every metric may look at; made once for one image. */
export interface Scene {
	readonly rootfs: Rootfs;
	readonly inventory: Inventory;
	readonly config: ImageConfig;
	/** The directories of the image's PATH, else of the engine's default. */
	readonly path: readonly string[];
	readonly programs: readonly Program[];
	/** By `Program.entry.inode`: applets of BusyBox files whose list could be read. */
	readonly applets: ReadonlyMap<number, readonly string[]>;
	/** By `Program.entry.inode`: versions that could be found. */
	readonly versions: ReadonlyMap<number, string>;
}

export type MetricName = keyof Surface;

/**
 * One number of the surface. `begin` gives what is counted without looking at every file; a `see` in it is called for
 * every entry of the tree, in order of path, before `finish`.
 */
export interface Metric<K extends MetricName> {
	/** For tables: `setuid files`. */
	readonly title: string;
	readonly unit: 'items' | 'bytes';
	begin(scene: Scene): Tally<Surface[K]>;
}

export interface Tally<C> {
	see?(entry: Entry): void;
	finish(): C;
}
