/** What the place of an addon says about where it is meant to run. */
export interface Variant {
	/** Undefined: the names do not say. */
	readonly libc: 'glibc' | 'musl' | undefined;
	/** For another system than Linux, or for another runtime. */
	readonly elsewhere: boolean;
	/** The place without the words about systems and processors: the same for all variants of one addon. */
	readonly stem: string;
}

const otherSystems = new Set([
	'darwin',
	'win32',
	'windows',
	'freebsd',
	'openbsd',
	'netbsd',
	'sunos',
	'aix',
	'android',
	'androideabi',
	'electron',
	'nwjs',
]);
const systems = new Set(['linux', 'linuxmusl', 'linuxglibc', 'unknown', 'pc', 'apple']);
const processors = new Set(
	'x64 x86_64 amd64 x86 ia32 i686 arm64 aarch64 arm armv6 armv7 armv7l armhf ppc64 ppc64le s390x riscv64 loong64 mips64el universal'.split(
		' ',
	),
);
const libcs = new Map<string, 'glibc' | 'musl'>([
	['gnu', 'glibc'],
	['glibc', 'glibc'],
	['gnueabihf', 'glibc'],
	['gnueabi', 'glibc'],
	['linuxglibc', 'glibc'],
	['musl', 'musl'],
	['linuxmusl', 'musl'],
	['musleabihf', 'musl'],
	['musleabi', 'musl'],
	// Prisma names its engines after distributions
	['debian', 'glibc'],
	['rhel', 'glibc'],
]);

/**
 * Reads the words in the name of the package and the path inside it: `@a/b-linux-x64-gnu`, `prebuilds/linux-x64/node.napi.musl.node`,
 * `linux_musl-x64-93/binding.node`. Words count only where a system or processor is named too.
 */
export function variantOf(place: string): Variant {
	const words = place.toLowerCase().split(/[-_./]+/);
	const platform =
		words.some((word) => systems.has(word) || processors.has(word) || otherSystems.has(word)) || /(^|\/)prebuilds\//.test(place);
	// `debian-openssl-3.0.x` and `rhel-openssl-1.1.x` name neither
	const distribution = words.includes('openssl');
	if (!platform && !distribution) return { libc: undefined, elsewhere: false, stem: place };
	const known = words.flatMap((word) => libcs.get(word) ?? []);
	return {
		libc: known.includes('musl') ? 'musl' : known[0],
		elsewhere: words.some((word) => otherSystems.has(word)),
		stem: words.filter((word) => !isPlatformWord(word)).join('-'),
	};
}

function isPlatformWord(word: string): boolean {
	return (
		systems.has(word) ||
		processors.has(word) ||
		otherSystems.has(word) ||
		libcs.has(word) ||
		/^(msvc|abi\d+|uv\d+|v\d+|openssl|\d+|x|napi)$/.test(word)
	);
}
