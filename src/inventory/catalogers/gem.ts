import { formatPurl } from '../../formats/purl.ts';
import { type Gem, readGemspec } from '../../formats/ruby/gemspec.ts';
import type { Package } from '../../model/package.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';

/** Where installed gems are described: those that come with Ruby in `default`, all others beside it. */
const specification = /\/specifications\/(?:default\/)?[^/]+\.gemspec$/;

/** Ruby gems as `gem list` finds them in any of its directories: installed, Ruby's default and bundled ones, those that Debian integrates. */
export const gem: Cataloger = {
	name: 'gem',
	ecosystem: 'gem',
	reads: ['*/specifications/x.gemspec', '*/specifications/default/x.gemspec'],
	catalog: (rootfs) => catalogDescriptions(rootfs, { at: (path) => specification.test(path), read: packagesOf }),
};

function packagesOf(path: string, body: Uint8Array): readonly Package[] | string {
	const found = readGemspec(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
	return found === undefined ? 'it names no gem and version' : [packageOf(path, found)];
}

function packageOf(path: string, { name, version, platform, shows }: Gem): Package {
	return {
		name,
		version,
		ecosystem: 'gem',
		...(platform === undefined ? {} : { architecture: platform }),
		purl: formatPurl({ type: 'gem', name, version, qualifiers: { platform } }),
		because: { path, shows },
	};
}
