import type { Application } from '../../../model/need.ts';
import { unseenAt } from '../../application/unseen.ts';
import { atMost } from '../../source/fact.ts';
import { packageJson } from '../../source/javascript/resolve-module.ts';
import type { Source } from '../../source/read-source.ts';
import type { AddonGroup } from './addon-group.ts';
import { readLoader } from './loader-text.ts';
import { namesIn } from './parents.ts';
import { variantOf } from './variant.ts';

/** Variants that a package lists among its optional dependencies before it is taken to choose among them. */
const enough = 3;

/**
 * Addons that should be there and are not: a package that chooses among variants of which none for Linux was installed, or one
 * whose addon was never compiled.
 */
export async function absentAddons(application: Application, source: Source, present: ReadonlySet<string>): Promise<readonly AddonGroup[]> {
	const groups: AddonGroup[] = [];
	for (const [directory, certainty] of source.javascript.graph.packages) {
		if (present.has(directory) || unseenAt(application.unseen, directory) !== undefined) continue;
		const why = await absence(application, source, directory);
		if (why === undefined) continue;
		const loader = await readLoader(application, source, directory, []);
		const surest = loader.fallback ? 'possible' : loader.refuses && why.chosen ? certainty : atMost(certainty, 'likely');
		groups.push({
			name: nameOf(directory),
			certainty: surest,
			because: [{ path: directory, shows: why.shows }],
			files: [],
			nodeGypBuild: false,
			wasm: loader.wasm,
			refusal: loader.refusal,
		});
	}
	return groups;
}

const nameOf = (directory: string): string => directory.slice(directory.lastIndexOf('/node_modules/') + 14);

interface Absence {
	readonly shows: string;
	/** It chooses among variants, rather than being compiled on the spot. */
	readonly chosen: boolean;
}

async function absence(application: Application, source: Source, directory: string): Promise<Absence | undefined> {
	const { files } = application;
	const own = await packageJson({ files, source: source.files }, directory);
	const variants = namesIn(own['optionalDependencies']).filter((name) => isVariantOf(nameOf(directory), name));
	const forLinux = variants.filter((name) => /(^|[-/])linux/.test(name));
	if (variants.length >= enough && forLinux.length > 0) {
		const modules = directory.slice(0, directory.lastIndexOf('/node_modules/') + 13);
		const there = forLinux.some((name) =>
			[`${modules}/${name}`, `${directory}/node_modules/${name}`].some((place) => files.resolve(place) !== undefined),
		);
		return there ? undefined : { shows: `none of ${forLinux.slice(0, 3).join(', ')} is installed`, chosen: true };
	}
	const elsewhere = Array.isArray(own['os']) && !own['os'].includes('linux');
	if (elsewhere || files.resolve(`${directory}/binding.gyp`) === undefined) return undefined;
	return { shows: 'it has a binding.gyp, but no addon for Linux was compiled', chosen: false };
}

/** `@img/sharp-linux-x64` of sharp, `@node-rs/bcrypt-linux-x64-gnu` of `@node-rs/bcrypt`. */
function isVariantOf(name: string, other: string): boolean {
	const plain = name.replace(/^@[^/]+\//, '');
	return (
		variantOf(other).stem !== other &&
		(other.includes(plain) || other.startsWith(`@${plain}/`) || other.startsWith(name.replace(/\/.*$/, '/')))
	);
}
