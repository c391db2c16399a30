import type { Command } from '../command.ts';

export interface CommandEntry {
	readonly name: string;
	readonly summary: string;
	load(): Promise<Command>;
}

/** The commands; one entry each, loaded only when called. */
export const commands: readonly CommandEntry[] = [
	{
		name: 'choose',
		summary: 'which base should this application stand on, why, and what must change',
		load: async () => (await import('./choose.ts')).choose,
	},
	{
		name: 'inspect',
		summary: 'what is in this image that an attacker could use?',
		load: async () => (await import('./inspect.ts')).inspect,
	},
	{
		name: 'compare',
		summary: 'images side by side along the spectrum; --diff lists what goes and what comes',
		load: async () => (await import('./compare.ts')).compare,
	},
	{
		name: 'needs',
		summary: 'what can this application not run without, and how do we know?',
		load: async () => (await import('./needs.ts')).needs,
	},
	{
		name: 'fit',
		summary: 'would it run on that base? a static proof, no container',
		load: async () => (await import('./fit.ts')).fit,
	},
	{
		name: 'verify',
		summary: 'does it really? built on that base, started, and tested with its own tests there',
		load: async () => (await import('./verify.ts')).verify,
	},
	{
		name: 'probe',
		summary: 'what can someone who got in really do? predicted beside observed',
		load: async () => (await import('./probe.ts')).probe,
	},
	{
		name: 'explain',
		summary: 'what does this error message or exit code mean, here in this image?',
		load: async () => (await import('./explain.ts')).explain,
	},
	{
		name: 'debug',
		summary: 'a toolbox beside a container that has no shell, running or crashed',
		load: async () => (await import('./debug.ts')).debug,
	},
];
