import type { Rootfs } from '../../../model/rootfs.ts';
import { acceptedOptions, unknownToFind } from './accepted-options.ts';

/** Applets that stop reading options at the first operand. */
const firstOperandEnds = new Set(['env', 'nice', 'timeout', 'xargs', 'setpriv', 'su']);

/** What BusyBox says of the first option that this applet does not have; undefined when it takes all of them. */
export function refusedOption(applet: string, words: readonly string[], musl: boolean): string | undefined {
	// alone it is answered with the usage and 0, before the applet looks at anything
	if (words.length === 1 && words[0] === '--help') return undefined;
	if (applet === 'find') {
		const unknown = words.find((word) => unknownToFind.has(word));
		return unknown && `find: unrecognized: ${unknown}`;
	}
	const accepted = acceptedOptions.get(applet);
	if (accepted === undefined) return undefined;
	for (let i = 0; i < words.length; i++) {
		const word = words[i] as string;
		if (word === '--') return undefined;
		if (!word.startsWith('-') || word === '-') {
			if (firstOperandEnds.has(applet)) return undefined;
			continue;
		}
		if (word.startsWith('--')) {
			const name = word.slice(2).split('=', 1)[0] ?? '';
			if (!accepted.long.some((long) => long.startsWith(name)))
				return musl ? `${applet}: unrecognized option: ${word.slice(2)}` : `${applet}: unrecognized option '${word}'`;
			continue;
		}
		for (let at = 1; at < word.length; at++) {
			const letter = word[at] as string;
			if (accepted.withValue.has(letter)) {
				if (at === word.length - 1) i++;
				break;
			}
			// -I of date takes a value behind it, -i of sed a suffix, -n of wget a second letter
			if (accepted.flags.has(letter)) {
				if (/^(date-I|sed-i|wget-n|xargs-i|xargs-e)$/.test(`${applet}-${letter}`)) break;
				continue;
			}
			return musl ? `${applet}: unrecognized option: ${letter}` : `${applet}: invalid option -- '${letter}'`;
		}
	}
	return applet === 'date' ? refusedDate(words) : undefined;
}

/** `date -d` reads a few fixed forms and no words such as `yesterday`. */
function refusedDate(words: readonly string[]): string | undefined {
	const at = words.findIndex((word) => word === '-d' || word === '--date');
	const text = at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--date='))?.slice('--date='.length);
	return text !== undefined && /[A-Za-z]{3}|^[-+]\d+ /.test(text) ? `date: invalid date '${text}'` : undefined;
}

/** Whether a BusyBox is built on musl, whose words for a bad option differ; a static one mostly is. */
export function onMusl(rootfs: Rootfs, path: string): boolean {
	const interpreter = rootfs.elf(path)?.interpreter;
	return interpreter === undefined ? rootfs.resolve('/etc/alpine-release') !== undefined : /musl/.test(interpreter);
}
