import { type GoModule, readGoModules } from '../../formats/go/modules.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { Package } from '../../model/package.ts';
import { builtPrograms } from '../built-programs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';

/**
 * Modules that the Go linker wrote down in a program, stripped or not, as `go version -m` lists them; what took the place of a module is
 * listed in its stead. The standard library counts as a module `stdlib` of the toolchain's version.
 */
export const golang: Cataloger = {
	name: 'golang',
	ecosystem: 'golang',
	reads: [],
	async catalog(rootfs) {
		const { programs, blindSpots } = await builtPrograms(rootfs, 'go');
		if (programs.length + blindSpots.length === 0) return nothing;
		const packages = programs.flatMap(({ path, notes }) => modulesOf(path, notes.go?.version ?? '', notes.go?.modules ?? ''));
		return { packages, present: packages.length > 0, problems: [], blindSpots };
	},
};

function modulesOf(path: string, version: string, text: string): readonly Package[] {
	const { main, dependencies } = readGoModules(text);
	// "go1.22.3 X:boringcrypto", "devel go1.24-0a1b2c Mon …"
	const toolchain = /^(?:devel )?go(\S+)/.exec(version)?.[1] ?? version;
	const own = main === undefined ? [] : [moduleOf(path, main, 'mod')];
	return [
		packageOf(path, 'stdlib', toolchain, `built with ${version}`),
		...own,
		...dependencies.map((module) => moduleOf(path, module, 'dep')),
	];
}

function moduleOf(path: string, { path: name, version, replacedBy }: GoModule, word: string): Package {
	const shows = `${word} ${name} ${version}`;
	// a module that a directory took the place of keeps its name: the directory has no version
	if (replacedBy === undefined || replacedBy.version === '' || replacedBy.version === '(devel)')
		return packageOf(path, name, version, shows);
	return packageOf(path, replacedBy.path, replacedBy.version, `${shows} => ${replacedBy.path} ${replacedBy.version}`);
}

function packageOf(path: string, name: string, version: string, shows: string): Package {
	const slash = name.lastIndexOf('/');
	return {
		name,
		version,
		ecosystem: 'golang',
		purl: formatPurl({
			type: 'golang',
			namespace: slash === -1 ? undefined : name.slice(0, slash).toLowerCase(),
			name: name.slice(slash + 1).toLowerCase(),
			version: version === '(devel)' ? undefined : version,
		}),
		because: { path, shows },
	};
}
