import type { ElfFacts } from '../model/rootfs.ts';
import type { Identity } from './program.ts';
import { markOf, type Signature, signatures } from './signatures.ts';

/** What the bytes of a program say it is; empty when none of the signatures is in them. */
export function identify(facts: ElfFacts): readonly Identity[] {
	if (facts.marks.length === 0) return [];
	return signatures.filter((s) => facts.marks.includes(markOf(s))).map((s) => identityOf(s, facts));
}

function identityOf(signature: Signature, facts: ElfFacts): Identity {
	const captured = facts.captures?.find((c) => c.name === markOf(signature) && /^R?\d/.test(c.text))?.text;
	const version = captured === undefined ? undefined : /^R?\d+(?:\.\d+)*/.exec(captured)?.[0];
	return {
		name: signature.name,
		kind: signature.kind,
		...(version === undefined ? {} : { version }),
		shows: `"${shown(signature, version)}" in its bytes`,
	};
}

/** The text that was found, with the version behind it. */
function shown(signature: Signature, version: string | undefined): string {
	const text = version === undefined ? signature.texts[0] : signature.texts.find((t) => t.capture !== undefined);
	return `${text?.text ?? signature.name}${version ?? ''}`.replaceAll('\0', '').trim();
}
