import { readDotnetDeps } from '../../formats/dotnet-deps.ts';
import { formatPurl } from '../../formats/purl.ts';
import { limits } from '../../model/limits.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';

const suffix = '.deps.json';

/** .NET packages of applications and of the shared frameworks, by the `deps.json` that the host reads when it starts one. */
export const nuget: Cataloger = {
	name: 'nuget',
	ecosystem: 'nuget',
	reads: [`*/x${suffix}`],
	async catalog(rootfs) {
		const bodies = await rootfs.readMany(described(rootfs), { limit: limits.textDatabase });
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const [path, body] of bodies) {
			const found = readDotnetDeps(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
			if (typeof found === 'string') problems.push({ code: 'broken-record', where: path, message: found });
			else packages.push(...found.map(({ name, version }) => packageOf(path, name, version)));
		}
		return bodies.size === 0 ? nothing : { packages, present: packages.length > 0, problems, blindSpots: brokenDatabase(problems) };
	},
};

function described(rootfs: Rootfs): readonly string[] {
	const found: string[] = [];
	for (const { type, path } of rootfs.entries()) if (type === 'file' && path.endsWith(suffix)) found.push(path);
	return found;
}

function packageOf(path: string, name: string, version: string): Package {
	return {
		name,
		version,
		ecosystem: 'nuget',
		purl: formatPurl({ type: 'nuget', name, version }),
		because: { path, shows: `libraries: ${name}/${version}` },
	};
}
