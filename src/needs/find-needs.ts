import type { Application, Need } from '../model/need.ts';
import { needKinds } from './kinds/index.ts';
import type { NeedKind } from './need-kind.ts';

/** Everything the application cannot run without, in the order of the kinds. */
export async function findNeeds(application: Application, kinds: readonly NeedKind[] = needKinds): Promise<readonly Need[]> {
	const found: Need[] = [];
	for (const kind of kinds) found.push(...(await kind.find(application)));
	return found;
}
