import type { Profile } from '../model/base.ts';

/** The part of footing.yaml that commands use. */
export interface Configuration {
	readonly candidates: readonly string[];
	readonly mirrors: readonly { readonly from: string; readonly to: string }[];
	readonly profile: Partial<Profile>;
	readonly application: { readonly dockerfile?: string; readonly target?: string; readonly buildArgs?: Readonly<Record<string, string>> };
}

export const noConfiguration: Configuration = { candidates: [], mirrors: [], profile: {}, application: {} };
