import type { BaseFamily, Offer, Wanted } from '../family.ts';
import { chainguard, hardened, official, ubi } from '../publishers.ts';
import { alpineWord, debianSuite, joinTag, leading, readTag } from '../tag.ts';
import { wantedByNeeds, wantedByTag, wantedVersion } from '../wanted.ts';

const newest = '4.0';
const moving = new Map([['latest', newest]]);
const ubiNames = new Map([
	['3.1', 'ruby-31'],
	['3.3', 'ruby-33'],
]);

export const ruby: BaseFamily = {
	family: 'ruby',
	recognise(current, hints) {
		if (current.path === 'hardened/ruby') return wantedVersion(readTag(current.tag).version, hints);
		const digits = /^ubi\d+\/ruby-(\d)(\d)$/.exec(current.path);
		if (digits !== null) return wantedVersion(`${digits[1]}.${digits[2]}`, hints);
		if (current.path === 'chainguard/ruby') return wantedVersion(newest, hints);
		return current.path === 'ruby' ? wantedByTag(current, hints, moving) : undefined;
	},
	imagine: (hints) => wantedByNeeds('ruby', hints),
	offers(wanted) {
		if (wanted.version === undefined) return [];
		const minor = leading(wanted.version, 2);
		const name = ubiNames.get(minor ?? '');
		return [
			...(minor === undefined || minor === newest ? [chainguard('ruby', 'the newest Ruby')] : []),
			...variants(wanted),
			...(minor === undefined ? [] : [hardened('ruby', `${minor}-debian13`, `Ruby ${minor} on Debian 13`)]),
			...(name === undefined ? [] : [ubi('9', name, `Ruby ${minor}`)]),
		];
	},
};

function variants(wanted: Wanted): readonly Offer[] {
	const { stem, words } = wanted;
	const suite = debianSuite({ words });
	const ruby = `Ruby ${stem === undefined || stem === '' ? 'latest' : stem}`;
	return [
		official(wanted, 'ruby', joinTag(stem, alpineWord({ words }) ?? 'alpine'), `${ruby} on Alpine (musl, BusyBox)`),
		...(suite === undefined ? [] : [official(wanted, 'ruby', joinTag(stem, 'slim', suite), `${ruby} on slim Debian ${suite}`)]),
		official(wanted, 'ruby', joinTag(stem, 'slim'), `${ruby} on slim Debian`),
	];
}
