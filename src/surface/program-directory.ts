import type { Scene } from './metric.ts';

/** Whether programs are looked for where this path lies: a script elsewhere only happens to have its name. */
export function inProgramDirectory(scene: Scene, path: string): boolean {
	const directory = path.slice(0, path.lastIndexOf('/'));
	return scene.path.includes(directory) || /\/s?bin$/.test(directory);
}
