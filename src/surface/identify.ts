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
	const text = signature.texts[0]?.text.trim() ?? '';
	return {
		name: signature.name,
		kind: signature.kind,
		...(version === undefined ? {} : { version }),
		shows: `"${text}${version === undefined ? '' : ` ${version}`}" in its bytes`,
	};
}
