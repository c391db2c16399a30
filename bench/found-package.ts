/** A package that a tool listed, in the words that all tools are compared in. */
export interface FoundPackage {
	/** Type of a package URL. */
	readonly ecosystem: string;
	readonly name: string;
	readonly version: string;
}

/** Of a package URL; undefined for one without a name. */
export function fromPurl(purl: string): FoundPackage | undefined {
	const match = /^pkg:([^/]+)\/([^?#@]+)(?:@([^?#]*))?(?:\?([^#]*))?(?:#(.*))?$/.exec(purl);
	if (match === null) return undefined;
	const path = (match[2] as string).split('/').map(decodeURIComponent);
	// what lies below the root of a repository is a subpath to some
	if (match[1] === 'golang' && match[5] !== undefined) path.push(...match[5].split('/').map(decodeURIComponent));
	const epoch = new URLSearchParams(match[4] ?? '').get('epoch');
	const version = decodeURIComponent(match[3] ?? '');
	const type = match[1] as string;
	// Trivy's of 2023 has a type of its own for programs of Rust
	return normal(type === 'rustbinary' ? 'cargo' : type, path, epoch === null || epoch === '0' ? version : `${epoch}:${version}`);
}

/**
 * Tools write one package in different ways. Operating systems: the name without the distribution, no epoch
 * 0. Maven: the artifact, since all of them
 * guess the group when nothing says it. Python: the normalized name. Composer: without `v`. Go: without `v` and in lower case; `(devel)` is no version.
 */
export function normal(ecosystem: string, path: readonly string[], version: string): FoundPackage {
	const last = path.at(-1) ?? '';
	const whole = path.join('/');
	if (['deb', 'apk', 'rpm', 'generic'].includes(ecosystem)) return { ecosystem, name: last, version: version.replace(/^0:/, '') };
	if (ecosystem === 'maven') return { ecosystem, name: last.slice(last.lastIndexOf(':') + 1), version };
	if (ecosystem === 'pypi') return { ecosystem, name: last.toLowerCase().replace(/[-_.]+/g, '-'), version };
	if (ecosystem === 'nuget') return { ecosystem, name: last.toLowerCase(), version };
	if (ecosystem === 'composer') return { ecosystem, name: whole, version: version.replace(/^v(?=\d)/, '') };
	if (ecosystem === 'golang')
		return { ecosystem, name: whole.toLowerCase(), version: version === '(devel)' ? '' : version.replace(/^(v|go)(?=\d)/, '') };
	return { ecosystem, name: whole, version };
}

export function keyOf({ ecosystem, name, version }: FoundPackage): string {
	return `${ecosystem} ${name} ${version}`.trim();
}

/** A list of Go's packages as one of the modules that they lie in, of those that another tool found in the same version; else as it is. */
export function inModules(list: readonly FoundPackage[], modules: ReadonlySet<string>): readonly FoundPackage[] {
	return list.map((one) => {
		if (one.ecosystem !== 'golang') return one;
		for (let name = one.name; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/'))))
			if (modules.has(keyOf({ ...one, name }))) return { ...one, name };
		return one;
	});
}
