import type { Identity } from '../formats/access.ts';
import type { ImageConfig } from '../model/image.ts';
import type { Rootfs } from '../model/rootfs.ts';
import type { Surface } from '../model/surface.ts';
import type { Ran } from './containers.ts';
import type { Means } from './means.ts';

/** What an attacker who can start programs finds: the image, as it was measured. */
export interface Target {
	readonly rootfs: Rootfs;
	readonly surface: Surface;
	readonly config: Pick<ImageConfig, 'env' | 'workingDir'>;
	/** Whom the container runs as; undefined when its user is not known. */
	readonly user: Identity | undefined;
	/** Programs of the image that run what they are told: shells, then interpreters. */
	readonly means: readonly Means[];
	/** The container cannot write to its root file system. */
	readonly readOnly: boolean;
	/** Capabilities and setuid bits mean something in it: neither dropped nor switched off. */
	readonly privileges: boolean;
}

/** Whether an attacker gets what he wants. */
export type Outcome = 'possible' | 'impossible' | 'unknown';

/** One thing that an attacker tries. */
export interface Attempt {
	/** For people: `/bin/bash`, `apt-get by name`. */
	readonly what: string;
	readonly predicted: Outcome;
	/** What of the image the prediction rests on. */
	readonly because: string;
	/** Program and arguments; they replace the entry point, so that it cannot answer in their place. */
	readonly argv: readonly string[];
	/** Given to whatever listens on `port` when it connects; what it then says is `heard`. */
	readonly listen?: { readonly port: number; readonly say: string };
	/** Another process, of ours, runs where this one can see it. */
	readonly beside?: true;
	/** It may start something that goes on: then its time-out is no failure. */
	readonly timeoutMs?: number;
	/** Our credential is laid into the container before. */
	readonly credential?: true;
	/** It changes nothing and asks nobody: safe in a running container. A command that is takes the place of one that is not. */
	readonly harmless: boolean | readonly string[];
	readonly succeeded: (ran: Ran, heard: string) => boolean;
}

/** One kind of thing that attackers do after they got in. */
export interface Move {
	/** Stable, for the report: `shell`. */
	readonly name: string;
	/** What it is good for, in the words of the surface: `run-commands`. */
	readonly capability: string;
	/** Which layer of defence addresses it where the base leaves it possible. */
	readonly defence: string;
	attempts(target: Target): readonly Attempt[];
}

/** Where our own listener is: on the loopback of a network that only the rehearsal's containers share. */
export const lootPort = 8017;
export const lootText = 'footing-loot-4711';
/** What a program has to compute to prove that it ran. */
export const marker = 'footing-42';
export const secretName = 'FOOTING_REHEARSAL';
export const secretText = 'footing-secret-815';
/** Lies in the containers of the rehearsal like a mounted credential. */
export const credentialPath = '/run/secrets/footing-rehearsal';
export const credentialText = 'footing-credential-2342';

/** The program was found and ran, whatever it then said; 126 and 127 are what engines and shells say of one that cannot be. */
export function wasRun({ started, exitCode, output }: Ran): boolean {
	return started && exitCode !== 126 && exitCode !== 127 && !/^exec \/?\S+: /.test(output);
}

export function says(text: string): (ran: Ran) => boolean {
	return ({ output }) => output.includes(text);
}
