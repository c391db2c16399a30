import type { NeedKind } from '../need-kind.ts';

/** The kinds of need; one line each. */
export const needKinds: readonly NeedKind[] = [];
