import type { Deployment } from '../model/deployment.ts';
import type { Application, Need } from '../model/need.ts';
import type { Certainty } from '../model/verdict.ts';
import { deployed, otherStart } from './deployments/deployed.ts';
import { needKinds } from './kinds/index.ts';
import type { NeedKind } from './need-kind.ts';
import { atMost } from './source/fact.ts';

/**
 * Everything the application cannot run without, in the order of the kinds; then what it needs besides where a file beside
 * the Dockerfile starts it otherwise.
 */
export async function findNeeds(application: Application, kinds: readonly NeedKind[] = needKinds): Promise<readonly Need[]> {
	const found: Need[] = [];
	for (const kind of kinds) found.push(...(await kind.find(application)));
	const others = (application.deployments ?? []).filter((deployment) => otherStart(deployment).length + deployment.env.length > 0);
	const known = new Map<string, Certainty>();
	for (const need of others.length === 0 ? [] : found) known.set(keyOf(need), need.certainty);
	for (const deployment of others)
		for (const kind of kinds.filter(({ ofEveryStart }) => ofEveryStart === true))
			for (const need of await kind.find(deployed(application, deployment))) {
				const certainty = atMost(need.certainty, deployment.certainty);
				const before = known.get(keyOf(need));
				if (before === undefined || atMost(before, certainty) !== certainty) found.push(besides(need, certainty, application, deployment));
			}
	return found;
}

const keyOf = ({ kind, what }: Need): string => `${kind} ${what}`;

function besides(need: Need, certainty: Certainty, application: Application, deployment: Deployment): Need {
	return { ...need, what: `${need.what} (${deployment.name})`, certainty, under: { application, deployment } };
}
