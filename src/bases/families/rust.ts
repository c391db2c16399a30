import type { BaseFamily } from '../family.ts';
import { nativeOffers } from '../native-offers.ts';
import { wantedByTag, wantedVersion } from '../wanted.ts';

/** Rust programs on GNU targets need glibc and libgcc, on musl targets nothing. */
export const rust: BaseFamily = {
	family: 'rust',
	recognise(current, hints) {
		if (current.path === 'rust') return wantedByTag(current, hints, new Map());
		return current.path === 'chainguard/rust' ? wantedVersion(undefined, hints) : undefined;
	},
	imagine: (hints) => (hints.runtime === 'rust' ? wantedVersion(undefined, hints) : undefined),
	offers: nativeOffers,
};
