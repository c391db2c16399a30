import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import type { Flags, GivenFlags } from './command.ts';

/** Flags of every command that uses a container engine. */
export const engineFlags: Flags = {
	engine: { type: 'string', value: 'ENGINE', help: 'docker or podman (default: the first that answers)' },
	toolbox: { type: 'string', value: 'IMAGE', help: "an image with a shell and tools (default: made of this machine's static BusyBox)" },
};

/** Flags only: a bare word would become the image. */
export function engineArguments(flags: GivenFlags, name: string): readonly string[] {
	const texts = flags.texts(name);
	const bad = texts.find((text) => !/^--?[a-z]/.test(text));
	if (bad !== undefined)
		throw new FootingError('bad-usage', `invalid --${name} ${quote(bad, 60)}: write a whole flag, for instance --${name}=--env=NAME=VALUE`);
	return texts;
}
