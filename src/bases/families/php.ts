import type { BaseFamily, Offer, Wanted } from '../family.ts';
import { chainguard, official, ubi } from '../publishers.ts';
import { alpineWord, joinTag, leading } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

const newest = '8.5';
const moving = new Map([['latest', newest]]);
const ubiNames = new Map([
	['8.1', 'php-81'],
	['8.2', 'php-82'],
	['8.3', 'php-83'],
]);

/** The ways in which the official images run PHP; apache exists on Debian alone. */
const interfaces = ['fpm', 'apache', 'zts', 'cli'] as const;

export const php: BaseFamily = {
	family: 'php',
	recognise(current, hints) {
		const digits = /^ubi\d+\/php-(\d)(\d)$/.exec(current.path);
		if (digits !== null) return wantedVersion(`${digits[1]}.${digits[2]}`, hints, ['apache']);
		if (current.path === 'chainguard/php') return wantedVersion(newest, hints, (current.tag ?? '').split('-'));
		return current.path === 'php' ? wantedByTag(current, hints, moving) : undefined;
	},
	imagine: (hints) => wantedByNeeds('php', hints),
	offers(wanted) {
		if (wanted.version === undefined) return [];
		const minor = leading(wanted.version, 2);
		const name = ubiNames.get(minor ?? '');
		const way = interfaces.find((word) => wanted.words.includes(word)) ?? 'cli';
		return [
			...(minor === newest && way === 'cli' ? [chainguard('php', 'the newest PHP')] : []),
			...(minor === newest && way === 'fpm'
				? [{ ...chainguard('php', 'the newest PHP-FPM'), reference: 'cgr.dev/chainguard/php:latest-fpm' }]
				: []),
			...variants(wanted, way),
			...(name !== undefined && way !== 'zts' ? [ubi('9', name, `PHP ${minor}`)] : []),
		];
	},
};

/** There is no slim variant: beside Alpine only the Debian image itself, which brings its compiler. */
function variants(wanted: Wanted, way: (typeof interfaces)[number]): readonly Offer[] {
	const { stem, words } = wanted;
	const php = `PHP ${stem === undefined || stem === '' ? 'latest' : stem} (${way})`;
	const alpine = official(wanted, 'php', joinTag(stem, way, alpineWord({ words }) ?? 'alpine'), `${php} on Alpine (musl, BusyBox)`);
	return [...(way === 'apache' ? [] : [alpine]), official(wanted, 'php', joinTag(stem, way), `${php} on Debian`)];
}
