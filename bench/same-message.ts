/**
 * Whether what was printed contains the essential part of a predicted message: its words in their order, quotation marks,
 * the name a program was called by and what stands around it left out.
 */
export function contains(seen: string, predicted: string): boolean {
	const [text, wanted] = [plain(seen), plain(predicted)];
	if (text.includes(wanted)) return true;
	// what was printed may be cut: then it is its own end that the prediction has to contain
	return seen.split('\n').some((line) => line.length >= 40 && wanted.startsWith(plain(line).replace(/^(?:error:? |rc=\d+ )+/, '')));
}

const plain = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[`'"‘’“”]/g, '')
		.replace(/\s+/g, ' ')
		.trim();
