import { type ComposerPackage, readInstalledJson, readInstalledPhp } from '../../formats/php/composer.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { Package } from '../../model/package.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';

const json = '/composer/installed.json';
const php = '/composer/installed.php';

/**
 * PHP packages that Composer installed, as `composer show` lists them: by the `installed.json` of each vendor directory; by `installed.php`, which
 * says the same for the running application, where that was taken away.
 */
export const composer: Cataloger = {
	name: 'composer',
	ecosystem: 'composer',
	reads: [`*${json}`, `*${php}`],
	catalog: (rootfs) =>
		catalogDescriptions(rootfs, {
			at: (path) => path.endsWith(json) || (path.endsWith(php) && rootfs.resolve(`${path.slice(0, -php.length)}${json}`)?.type !== 'file'),
			read: packagesOf,
		}),
};

function packagesOf(path: string, body: Uint8Array): readonly Package[] | string {
	const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
	const found = path.endsWith(json) ? readInstalledJson(text) : readInstalledPhp(text);
	return typeof found === 'string' ? found : found.map((one) => packageOf(path, one));
}

function packageOf(path: string, { name, version }: ComposerPackage): Package {
	const slash = name.lastIndexOf('/');
	return {
		name,
		version,
		ecosystem: 'composer',
		purl: formatPurl({ type: 'composer', namespace: name.slice(0, Math.max(0, slash)), name: name.slice(slash + 1), version }),
		because: { path, shows: `"name": "${name}", "version": "${version}"` },
	};
}
