import type { BaseFamily } from '../family.ts';
import { bun } from './bun.ts';
import { dotnet } from './dotnet.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { nginx } from './nginx.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { plain } from './plain.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';

/** Every base family, in the order in which they are asked. */
export const families: readonly BaseFamily[] = [node, python, java, ruby, php, dotnet, nginx, bun, go, rust, plain];
