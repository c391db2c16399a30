import type { BaseFamily, Offer, Wanted } from '../family.ts';
import { chainguard, hardened, official, ubi } from '../publishers.ts';
import { alpineWord, joinTag, leading, readTag } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

/** Stable and mainline on 2026-11-25 (library/nginx). */
const moving = new Map([
	['latest', '1.31'],
	['mainline', '1.31'],
	['stable', '1.30'],
]);
const ubiNames = new Map([
	['1.24', 'nginx-124'],
	['1.26', 'nginx-126'],
]);

export const nginx: BaseFamily = {
	family: 'nginx',
	recognise(current, hints) {
		if (current.path === 'hardened/nginx') return wantedVersion(readTag(current.tag).version, hints);
		if (current.path === 'nginx') return wantedByTag(current, hints, moving);
		if (current.path === 'nginxinc/nginx-unprivileged') return { ...wantedByTag(current, hints, moving), officialPrefix: '' };
		const digits = /^ubi\d+\/nginx-(\d)(\d+)$/.exec(current.path);
		if (digits !== null) return wantedVersion(`${digits[1]}.${digits[2]}`, hints);
		return current.path === 'chainguard/nginx' ? wantedVersion('1.31', hints) : undefined;
	},
	imagine(hints) {
		const wanted = wantedByNeeds('nginx', hints);
		return wanted === undefined || wanted.version !== undefined ? wanted : { ...wanted, version: '1.30', stem: 'stable' };
	},
	offers(wanted) {
		if (wanted.version === undefined) return [];
		const minor = leading(wanted.version, 2);
		const name = ubiNames.get(minor ?? '');
		return [
			...variants(wanted),
			...(minor === moving.get('latest') ? [chainguard('nginx', 'the newest nginx')] : []),
			...(minor === undefined ? [] : [hardened('nginx', `${minor}-debian13`, `nginx ${minor} on Debian 13`)]),
			...(name === undefined ? [] : [ubi('9', name, `nginx ${minor}`)]),
		];
	},
};

/** Modules (`perl`, `otel`) are not in the slim variant, so an image with one keeps it. */
function variants(wanted: Wanted): readonly Offer[] {
	const { stem, words } = wanted;
	const module = words.find((word) => word === 'perl' || word === 'otel');
	const alpine = alpineWord({ words }) ?? 'alpine';
	const nginx = `nginx ${stem === undefined || stem === '' ? 'latest' : stem}`;
	if (module !== undefined) return [official(wanted, 'nginx', joinTag(stem, alpine, module), `${nginx} with ${module} on Alpine`)];
	const slim = joinTag(stem, alpine, 'slim');
	return [
		{ reference: `nginxinc/nginx-unprivileged:${slim}`, because: `${nginx} alone on Alpine, runs as uid 101 and listens on 8080` },
		official(wanted, 'nginx', slim, `${nginx} alone on Alpine`),
		official(wanted, 'nginx', joinTag(stem, alpine), `${nginx} with its modules on Alpine`),
	];
}
