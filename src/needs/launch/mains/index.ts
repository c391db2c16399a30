import { java } from './java.ts';
import type { Main } from './main.ts';
import { node } from './node.ts';
import { packageManager } from './package-manager.ts';
import { python } from './python.ts';
import { scriptFile } from './script-file.ts';
import { shell } from './shell.ts';
import { userSwitch } from './user-switch.ts';
import { wrapper } from './wrapper.ts';

/** Programs whose arguments are followed; the first that answers takes it. */
export const mains: readonly Main[] = [packageManager, wrapper, userSwitch, node, python, java, scriptFile, shell];
