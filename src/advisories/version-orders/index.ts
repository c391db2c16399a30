import type { VersionOrder } from '../version-order.ts';
import { deb } from './deb.ts';

/** The version orders; one line each. What is not here is answered "unknown". */
export const versionOrders: readonly VersionOrder[] = [deb];
