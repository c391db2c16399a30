import type { NeedKind } from '../need-kind.ts';
import { health } from './health.ts';
import { launch } from './launch.ts';
import { linking } from './linking.ts';

/** The kinds of need; one line each. */
export const needKinds: readonly NeedKind[] = [launch, health, linking];
