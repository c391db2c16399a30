import type { VersionOrder } from '../version-order.ts';

/** Debian policy, 5.6.12 "Version": epoch, upstream version, revision; as `dpkg --compare-versions` orders them. */
export const deb: VersionOrder = {
	ecosystem: 'deb',
	compare(a, b) {
		const [left, right] = [split(a), split(b)];
		return (
			compareNumbers(left.epoch, right.epoch) || compareParts(left.upstream, right.upstream) || compareParts(left.revision, right.revision)
		);
	},
};

interface Parts {
	readonly epoch: string;
	readonly upstream: string;
	readonly revision: string;
}

function split(version: string): Parts {
	const text = version.trim();
	const colon = text.indexOf(':');
	const rest = text.slice(colon + 1);
	const dash = rest.lastIndexOf('-');
	return {
		epoch: colon < 0 ? '0' : text.slice(0, colon),
		upstream: dash < 0 ? rest : rest.slice(0, dash),
		revision: dash < 0 ? '' : rest.slice(dash + 1),
	};
}

/** Runs of anything but digits and runs of digits take turns. */
function compareParts(a: string, b: string): number {
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		const [left, right] = [end(a, i, false), end(b, j, false)];
		const words = compareWords(a.slice(i, left), b.slice(j, right));
		if (words !== 0) return words;
		[i, j] = [end(a, left, true), end(b, right, true)];
		const numbers = compareNumbers(a.slice(left, i), b.slice(right, j));
		if (numbers !== 0) return numbers;
	}
	return 0;
}

function end(text: string, from: number, digits: boolean): number {
	let at = from;
	while (at < text.length && isDigit(text.charCodeAt(at)) === digits) at += 1;
	return at;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

/** `~` before the end, the end before letters, letters before the rest. */
function compareWords(a: string, b: string): number {
	for (let i = 0; i < a.length || i < b.length; i += 1) {
		const difference = weight(a, i) - weight(b, i);
		if (difference !== 0) return difference;
	}
	return 0;
}

function weight(text: string, at: number): number {
	if (at >= text.length) return 0;
	const code = text.charCodeAt(at);
	if (code === 0x7e) return -1;
	return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? code : code + 0x10000;
}

/** Whole numbers of any length. */
function compareNumbers(a: string, b: string): number {
	const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
	return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
