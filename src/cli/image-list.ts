import { FootingError } from '../model/errors.ts';
import type { Disk } from '../model/host.ts';
import { quote } from '../model/quote.ts';

const largest = 4 * 1024 * 1024;
const most = 100_000;

/** References, one a line; empty lines and those that begin with `#` say nothing. @throws FootingError */
export async function readImageList(disk: Disk, path: string): Promise<readonly string[]> {
	const text = new TextDecoder().decode(await disk.readFile(path, largest, { follow: true }));
	const references = text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
	if (references.length === 0) throw new FootingError('bad-usage', `invalid --from-file ${quote(path)}: it names no image`);
	if (references.length > most)
		throw new FootingError('limit', `cannot read ${quote(path)}: it names ${references.length} images, more than ${most}`);
	return references;
}
