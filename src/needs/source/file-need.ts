import type { Evidence } from '../../model/evidence.ts';
import type { Application, Change, Check, Need, Standing } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { unseenAt } from '../application/unseen.ts';
import { atMost, type Fact, type Language, strongest } from './fact.ts';
import type { PlaceClass } from './places.ts';
import { placeClass } from './places.ts';

/** One file by its absolute path. */
export interface FileData {
	readonly ask: 'file';
	readonly path: string;
	readonly language: Language;
	/** What may have put the file there and could not be seen. */
	readonly unseen?: string;
	/** Line of the last instruction of the final stage that files can be copied behind. */
	readonly copyBehind?: number;
}

/** The needs for files of some classes that the source opens, one per path. */
export function fileNeeds(
	kind: string,
	application: Application,
	facts: readonly Fact[],
	classes: ReadonlySet<PlaceClass>,
): readonly Need<FileData>[] {
	const byPath = new Map<string, Fact[]>();
	for (const fact of facts) {
		if (fact.action.kind !== 'file' || !classes.has(placeClass(fact.action.path))) continue;
		byPath.set(fact.action.path, [...(byPath.get(fact.action.path) ?? []), fact]);
	}
	return [...byPath].slice(0, 500).map(([path, found]) => {
		const unseen = unseenAt(application.unseen, path);
		const line = application.currentBase?.because.line;
		return {
			kind,
			what: `the file ${path}`,
			certainty: atMost(strongest(found.map((fact) => fact.certainty)), ceiling(path)),
			because: evidenceOf(found),
			data: {
				ask: 'file',
				path,
				language: (found[0] as Fact).language,
				...(unseen === undefined ? {} : { unseen: unseen.message }),
				...(line === undefined ? {} : { copyBehind: line }),
			},
		};
	});
}

/** A place that no distribution fills may be mounted when the container runs. */
function ceiling(path: string): Certainty {
	return placeClass(path) === 'other' ? 'possible' : 'required';
}

/** Where it is said, the surest first, at most five. */
export function evidenceOf(facts: readonly Fact[]): readonly Evidence[] {
	const order: readonly Certainty[] = ['required', 'likely', 'possible'];
	const sorted = [...facts].sort((a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty));
	return sorted.slice(0, 5).map((fact) => fact.because);
}

export function checkFile(need: Need<FileData>, standing: Standing): Check {
	const { path, language, unseen } = need.data;
	const entry = standing.combined.resolve(path);
	if (entry !== undefined) return { need, answer: 'holds', because: [{ path: entry.path, layer: entry.layer, shows: 'is there' }] };
	if (unseen !== undefined) return { need, answer: 'unknown', because: [], hint: `${unseen}; it may put ${path} there` };
	if (standing.current !== undefined && standing.current.base.resolve(path) === undefined)
		return {
			need,
			answer: 'unknown',
			because: [{ path, shows: `is neither here nor in ${standing.current.reference}` }],
			hint: 'it may be mounted when the container runs',
		};
	const changes = copyFromCurrent(need.data, standing);
	return {
		need,
		answer: 'fails',
		because: [{ path, shows: 'is not there' }],
		message: missingMessage(path, language),
		hint: changes.length > 0 ? 'copy it from the base it stands on today' : 'copy the file in a build stage that has it',
		...(changes.length === 0 ? {} : { changes }),
	};
}

export function missingMessage(path: string, language: Language): string {
	if (language === 'python') return `[Errno 2] No such file or directory: '${path}'`;
	if (language === 'go') return `open ${path}: no such file or directory`;
	return `ENOENT: no such file or directory, open '${path}'`;
}

/** `COPY --from` of the base that has the file today. */
function copyFromCurrent({ path, copyBehind }: FileData, { current }: Standing): readonly Change[] {
	const there = current?.base.resolve(path);
	if (current === undefined || there?.type !== 'file' || !/^[\w./:@-]+$/.test(current.reference) || !/^[\w./+-]+$/.test(path)) return [];
	const text = `COPY --from=${current.reference} ${there.path} ${path}`;
	const edits = copyBehind === undefined ? [] : [{ kind: 'insert-after' as const, line: copyBehind, text }];
	return [{ what: text, because: `${path} is in ${current.reference}`, ...(edits.length === 0 ? {} : { edits }) }];
}
