import type { Verdict } from '../../model/verdict.ts';
import { explainExitCode } from './exit-code.ts';
import type { Cause, MessageKind, Reading, Scene } from './message-kind.ts';
import { messageKinds } from './messages/index.ts';

/** One line of a message, or an exit code, with what it can come from. */
export interface Meaning {
	readonly kind: string;
	/** The line; of an exit code `exit code 127`. */
	readonly message: string;
	readonly what: string;
	readonly causes: readonly Cause[];
}

export interface Symptom {
	/** Any number of lines; of a long log the end is read. */
	readonly message?: string;
	readonly exitCode?: number;
}

const maxLines = 20_000;
const maxLine = 2000;
/** The same complaint comes again and again: so many different ones are told. */
const maxMeanings = 5;

/** What a message and an exit code mean; with a scene, what of it is so there. */
export async function explainMessage(
	symptom: Symptom,
	scene?: Scene,
	kinds: readonly MessageKind[] = messageKinds,
): Promise<readonly Meaning[]> {
	const meanings: Meaning[] = [];
	for (const { kind, line, reading } of readings(symptom.message ?? '', kinds)) meanings.push(await meaningOf(kind, line, reading, scene));
	if (symptom.exitCode !== undefined)
		meanings.push(await meaningOf('exit-code', `exit code ${symptom.exitCode}`, explainExitCode(symptom.exitCode), scene));
	return meanings;
}

async function meaningOf(kind: string, message: string, reading: Reading, scene: Scene | undefined): Promise<Meaning> {
	const causes = scene === undefined ? reading.possible.map(suspected) : await reading.look(scene);
	return { kind, message, what: reading.what, causes };
}

function suspected({ what, hint, certain }: Reading['possible'][number]): Cause {
	return { what, answer: certain ? 'holds' : 'unknown', because: [], ...(hint === undefined ? {} : { hint }) };
}

interface Read {
	readonly kind: string;
	readonly line: string;
	readonly reading: Reading;
}

function readings(message: string, kinds: readonly MessageKind[]): readonly Read[] {
	const found = new Map<string, Read>();
	for (const raw of message.split('\n').slice(-maxLines)) {
		if (found.size >= maxMeanings) break;
		const line = raw.slice(0, maxLine).trim();
		if (line === '') continue;
		for (const { kind, read } of kinds) {
			const reading = read(line);
			if (reading === undefined) continue;
			const key = `${kind} ${reading.what}`;
			if (!found.has(key)) found.set(key, { kind, line, reading });
			break;
		}
	}
	return [...found.values()];
}

/** `holds`: what it comes from is known; `fails`: none of what it could come from is so; `unknown`: it could not be told. */
export function answerOf(meanings: readonly Meaning[]): Verdict {
	const causes = meanings.flatMap((meaning) => meaning.causes);
	if (causes.some(({ answer }) => answer === 'holds')) return 'holds';
	return causes.some(({ answer }) => answer === 'unknown') ? 'unknown' : 'fails';
}
