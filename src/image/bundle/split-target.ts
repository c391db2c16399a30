import { FootingError } from '../../model/errors.ts';
import type { Disk, FileStat } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import { isDigest } from '../digest.ts';

export interface Target {
	readonly path: string;
	/** The tag, full name or digest behind the path. */
	readonly name?: string;
}

/**
 * `out`, `out:v1`, `out@sha256:…`: paths may have colons too, so the longest path that exists is taken, with what stands
 * behind it as the name.
 * @throws FootingError `not-found`
 */
export async function splitTarget(disk: Disk, scheme: string, target: string, wanted: FileStat['type']): Promise<Target> {
	const at = target.lastIndexOf('@');
	if (at > 0 && isDigest(target.slice(at + 1))) return { path: target.slice(0, at), name: target.slice(at + 1) };
	for (let end = target.length; end > 0; end = target.lastIndexOf(':', end - 1)) {
		const stat = await disk.stat(target.slice(0, end), { follow: true });
		const name = target.slice(end + 1);
		if (stat?.type === wanted && (end === target.length || name !== ''))
			return { path: target.slice(0, end), ...(end === target.length ? {} : { name }) };
		if (stat !== undefined && end === target.length)
			throw new FootingError(
				'not-found',
				`cannot open ${scheme} ${quote(target)}: it is not ${wanted === 'file' ? 'a file' : 'a directory'}`,
			);
	}
	throw new FootingError('not-found', `cannot open ${scheme} ${quote(target)}: there is no such ${wanted}`);
}
