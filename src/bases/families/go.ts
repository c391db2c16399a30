import type { BaseFamily } from '../family.ts';
import { nativeOffers } from '../native-offers.ts';
import { wantedByTag, wantedVersion } from '../wanted.ts';

/** Go and whatever else is one static binary: the version is inside the program, the base only carries it. */
export const go: BaseFamily = {
	family: 'go',
	recognise(current, hints) {
		if (current.path === 'golang') return wantedByTag(current, hints, new Map());
		return current.path === 'chainguard/go' || /^ubi\d+\/go-toolset$/.test(current.path) ? wantedVersion(undefined, hints) : undefined;
	},
	imagine(hints) {
		const alone = hints.runtime === undefined && hints.staticBinary !== undefined;
		return hints.runtime === 'go' || hints.runtime === 'native' || alone ? wantedVersion(undefined, hints) : undefined;
	},
	offers: nativeOffers,
};
