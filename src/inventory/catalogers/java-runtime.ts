import { readRelease } from '../../formats/java/manifest.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { Package } from '../../model/package.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';

const maxBytes = 64 * 1024;

/** Java runtimes by the `release` file that every build of OpenJDK has at its top, be it from a package or from a tarball. */
export const javaRuntime: Cataloger = {
	name: 'java-runtime',
	ecosystem: 'generic',
	reads: ['*/release'],
	async catalog(rootfs) {
		const bodies = await rootfs.readMany(releases(rootfs), { limit: maxBytes });
		const packages = [...bodies].flatMap(([path, body]) => runtimeOf(path, Buffer.from(body).toString('utf8')));
		return packages.length === 0 ? nothing : { packages, present: true, problems: [], blindSpots: [] };
	},
};

/** Other programs have a file of that name too; a runtime has its programs beside it. */
function releases(rootfs: Rootfs): readonly string[] {
	const found: string[] = [];
	for (const { type, path, size } of rootfs.entries()) {
		if (type !== 'file' || !path.endsWith('/release') || size > maxBytes) continue;
		if (rootfs.resolve(`${path.slice(0, -'/release'.length)}/bin/java`)?.type === 'file') found.push(path);
	}
	return found;
}

function runtimeOf(path: string, text: string): readonly Package[] {
	const said = readRelease(text);
	const version = said.get('JAVA_RUNTIME_VERSION') ?? said.get('JAVA_VERSION');
	if (version === undefined || version === '') return [];
	const implementor = said.get('IMPLEMENTOR') ?? '';
	return [
		{
			name: 'openjdk',
			version,
			ecosystem: 'generic',
			purl: formatPurl({ type: 'generic', name: 'openjdk', version }),
			because: { path, shows: `Java ${version}${implementor === '' ? '' : ` of ${implementor}`}` },
		},
	];
}
