import type { Application, Check, Fit, Need, Standing } from '../model/need.ts';
import { needKinds } from './kinds/index.ts';
import type { NeedKind } from './need-kind.ts';

/** Would the application run there? Every need is checked; the worst decides. */
export async function checkFit(
	application: Application,
	needs: readonly Need[],
	standing: Standing,
	kinds: readonly NeedKind[] = needKinds,
): Promise<Fit> {
	const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
	const checks: Check[] = [];
	for (const need of needs) {
		const kind = byName.get(need.kind);
		checks.push(kind ? await kind.check(need, standing) : unregistered(need));
	}
	void application;
	return { reference: standing.reference, answer: answerOf(checks), checks, changes: [] };
}

function unregistered(need: Need): Check {
	return { need, answer: 'unknown', because: [], hint: `no checker is registered for needs of kind ${need.kind}` };
}

function answerOf(checks: readonly Check[]): Fit['answer'] {
	const deciding = checks.filter((check) => check.need.certainty !== 'possible');
	// nothing was found that it needs: that proves nothing
	if (deciding.length === 0) return 'unknown';
	if (deciding.some((check) => check.need.certainty === 'required' && check.answer === 'fails')) return 'breaks';
	return deciding.some((check) => check.answer !== 'holds') ? 'unknown' : 'runs';
}
