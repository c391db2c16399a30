import type { Flags } from './command.ts';

/** Flags of every command that uses a container engine. */
export const engineFlags: Flags = {
	engine: { type: 'string', value: 'ENGINE', help: 'docker or podman (default: the first that answers)' },
	toolbox: { type: 'string', value: 'IMAGE', help: "an image with a shell and tools (default: made of this machine's static BusyBox)" },
};
