import type { BaseFamily } from '../family.ts';
import { joinTag } from '../tag.ts';
import { wantedByNeeds, wantedByTag } from '../wanted.ts';

/** Bun's own images: https://hub.docker.com/r/oven/bun. */
export const bun: BaseFamily = {
	family: 'bun',
	recognise: (current, hints) => (current.path === 'oven/bun' ? wantedByTag(current, hints, new Map([['latest', '1']])) : undefined),
	imagine: (hints) => wantedByNeeds('bun', hints),
	offers(wanted) {
		const { stem, version } = wanted;
		if (version === undefined) return [];
		const repository = `${wanted.officialPrefix}oven/bun`;
		return [
			{ reference: `${repository}:${joinTag(stem, 'distroless')}`, because: `Bun ${version} on distroless Debian, no shell` },
			{ reference: `${repository}:${joinTag(stem, 'alpine')}`, because: `Bun ${version} on Alpine (musl, BusyBox)` },
			{ reference: `${repository}:${joinTag(stem, 'slim')}`, because: `Bun ${version} on slim Debian` },
		];
	},
};
