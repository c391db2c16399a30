import { readDotnetDeps } from '../../formats/dotnet-deps.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { Package } from '../../model/package.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';

const suffix = '.deps.json';

/** .NET packages of applications and of the shared frameworks, by the `deps.json` that the host reads when it starts one. */
export const nuget: Cataloger = {
	name: 'nuget',
	ecosystem: 'nuget',
	reads: [`*/x${suffix}`],
	catalog: (rootfs) => catalogDescriptions(rootfs, { at: (path) => path.endsWith(suffix), read: packagesOf }),
};

function packagesOf(path: string, body: Uint8Array): readonly Package[] | string {
	const found = readDotnetDeps(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
	return typeof found === 'string' ? found : found.map(({ name, version }) => packageOf(path, name, version));
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
