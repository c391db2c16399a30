import { compiled } from './compiled.ts';
import { java } from './java.ts';
import { native } from './native.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import type { Recipe } from './recipe.ts';
import { shell } from './shell.ts';

/** By the kind of base that they are for. */
export const recipes: ReadonlyMap<string, readonly Recipe[]> = new Map([
	['shell', shell],
	['python', python],
	['node', node],
	['native', [...native, ...compiled]],
	['java', java],
]);
