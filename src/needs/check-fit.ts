import { applyEdits } from '../formats/dockerfile/edit.ts';
import { unifiedDiff } from '../formats/unified-diff.ts';
import { FootingError } from '../model/errors.ts';
import type { Application, Change, Check, Fit, FitAnswer, Need, Standing } from '../model/need.ts';
import { standOnBase } from './changes/stand-on-base.ts';
import { deployedStanding } from './deployments/deployed.ts';
import { findNeeds } from './find-needs.ts';
import { needKinds } from './kinds/index.ts';
import type { NeedKind } from './need-kind.ts';

/** The application as an edited Dockerfile makes it, standing on the same base. */
export type Reread = (dockerfileText: string) => Promise<{ readonly application: Application; readonly standing: Standing }>;

export interface FitOptions {
	readonly kinds?: readonly NeedKind[];
	/** Without it changes are told and never proved: the answer stays what it is. */
	readonly reread?: Reread;
}

/** Changes can bring others to light; more rounds than this are not made. */
const maxRounds = 5;

/**
 * Would the application run there? Every need is checked and the worst decides. Where failing needs name changes of the
 * Dockerfile, they are made, the result is read and checked again, and only when that `runs` is the answer
 * `runs-with-changes`: one patch holds all changes, the FROM line first.
 */
export async function checkFit(
	application: Application,
	needs: readonly Need[],
	standing: Standing,
	options: FitOptions = {},
): Promise<Fit> {
	const kinds = options.kinds ?? needKinds;
	const checks = await checkAll(needs, standing, kinds);
	const answer = answerOf(checks);
	const fit: Fit = { reference: standing.reference, answer, checks, changes: changesIn(checks) };
	const text = application.dockerfile?.text;
	if (text === undefined) return fit;
	const moved = standOnBase(application, standing.reference);
	if (answer === 'runs') return { ...fit, ...patchOf(application, moved ? applyEdits(text, moved.edits ?? []) : text) };
	if (fit.changes.length === 0 || options.reread === undefined) return fit;
	return mended(application, fit, moved, { kinds, reread: options.reread });
}

/** Makes the changes, reads the application again and looks whether it runs now, until nothing more can be changed. */
async function mended(
	application: Application,
	fit: Fit,
	moved: Change | undefined,
	{ kinds, reread }: Required<FitOptions>,
): Promise<Fit> {
	let text = application.dockerfile?.text ?? '';
	let pending = ordered(fit.changes, moved);
	const made: Change[] = [];
	for (let round = 0; round < maxRounds && pending.length > 0; round++) {
		const next = applyEdits(
			text,
			pending.flatMap(({ edits }) => edits ?? []),
		);
		if (next === text) break;
		text = next;
		made.push(...pending);
		const after = await readAgain(text, reread);
		if (after === undefined) break;
		const checks = await checkAll(await findNeeds(after.application, kinds), after.standing, kinds);
		const answer = answerOf(checks);
		if (answer === 'runs') return { ...fit, answer: 'runs-with-changes', changes: distinct(made), ...patchOf(application, text) };
		pending = ordered(changesIn(checks), standOnBase(after.application, fit.reference));
		if (answer === 'unknown' && pending.every((change) => made.some((other) => other.what === change.what)))
			return { ...fit, answer: 'unknown', changes: distinct(made), ...patchOf(application, text) };
	}
	return fit;
}

/** A change that rearranges the file comes alone; else the FROM line comes first. */
function ordered(changes: readonly Change[], moved: Change | undefined): readonly Change[] {
	const edited = changes.filter(({ edits }) => edits !== undefined);
	const alone = edited.find((change) => change.alone);
	if (alone) return [alone];
	return moved === undefined ? edited : [moved, ...edited];
}

/** An edited Dockerfile that cannot be read was a bad edit: then there is no patch. */
async function readAgain(text: string, reread: Reread): Promise<Awaited<ReturnType<Reread>> | undefined> {
	try {
		return await reread(text);
	} catch (error) {
		if (error instanceof FootingError && error.code !== 'internal') return undefined;
		throw error;
	}
}

function patchOf(application: Application, text: string): Pick<Fit, 'patch' | 'dockerfile'> {
	const { dockerfile } = application;
	const patch = dockerfile === undefined ? '' : unifiedDiff(dockerfile.path, dockerfile.text, text);
	return patch === '' ? {} : { patch, dockerfile: text };
}

async function checkAll(needs: readonly Need[], standing: Standing, kinds: readonly NeedKind[]): Promise<readonly Check[]> {
	const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
	const checks: Check[] = [];
	for (const need of needs) {
		const kind = byName.get(need.kind);
		const { under } = need;
		const on = under === undefined ? standing : deployedStanding(under.application, under.deployment, standing);
		checks.push(kind ? await kind.check(need, on) : unregistered(need));
	}
	return checks;
}

function unregistered(need: Need): Check {
	return { need, answer: 'unknown', because: [], hint: `no checker is registered for needs of kind ${need.kind}` };
}

function changesIn(checks: readonly Check[]): readonly Change[] {
	return distinct(
		checks.flatMap((check) => (check.need.certainty === 'possible' || check.answer === 'holds' ? [] : (check.changes ?? []))),
	);
}

/** Two needs can be mended by the same change. */
function distinct(changes: readonly Change[]): readonly Change[] {
	return [...new Map(changes.map((change) => [change.what, change])).values()];
}

function answerOf(checks: readonly Check[]): FitAnswer {
	const deciding = checks.filter((check) => check.need.certainty !== 'possible');
	// nothing was found that it needs: that proves nothing
	if (deciding.length === 0) return 'unknown';
	if (deciding.some((check) => check.need.certainty === 'required' && check.answer === 'fails')) return 'breaks';
	return deciding.some((check) => check.answer !== 'holds') ? 'unknown' : 'runs';
}
