/** Letters that are compared; what is longer was no slip of the finger. */
const longest = 40;

/** The word that was probably meant: at most a third of its letters differ. Of equals the first in code unit order. */
export function nearest(word: string, words: readonly string[]): string | undefined {
	const short = word.slice(0, longest).toLowerCase();
	const limit = Math.max(1, Math.floor(short.length / 3));
	const near = words
		.map((candidate) => ({ candidate, distance: distance(short, candidate.toLowerCase()) }))
		.filter((one) => one.distance <= limit)
		.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
	return near[0]?.candidate;
}

/** Levenshtein: letters to insert, drop or replace. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
		}
		row = next;
	}
	return row[b.length] as number;
}
