import type { EngineKind } from '../engine.ts';
import { docker } from './docker.ts';
import { podman } from './podman.ts';

/** The engines, in the order in which they are tried; one line each. */
export const engineKinds: readonly EngineKind[] = [docker, podman];
