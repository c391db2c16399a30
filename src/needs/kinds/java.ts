import type { Check, Need, Standing } from '../../model/need.ts';
import type { NeedKind } from '../need-kind.ts';
import { findJavaNeeds, type JavaData } from '../runtimes/java-needs.ts';
import { type JavaRuntime, javaRuntime } from '../runtimes/java-runtime.ts';
import { readSource } from '../source/read-source.ts';

type Answer = Omit<Check, 'need'>;

/** The Java runtime: that it is there, new enough for the classes, whole enough for what they use. */
export const java: NeedKind<JavaData> = {
	kind: 'java',
	ofEveryStart: true,
	async find(application) {
		return findJavaNeeds(application, await readSource(application));
	},
	async check(need, standing) {
		return { need, ...(await answerTo(need, standing)) };
	},
};

async function answerTo({ data }: Need<JavaData>, standing: Standing): Promise<Answer> {
	const runtime = await javaRuntime(standing);
	if (runtime === undefined)
		return {
			answer: data.ask === 'runtime' ? 'fails' : 'unknown',
			because: [{ path: standing.reference, shows: 'no Java where the start command, PATH or JAVA_HOME would find it' }],
			hint: 'use a base with a Java runtime',
			...(data.ask === 'runtime' ? { onlyElsewhere: true } : {}),
		};
	switch (data.ask) {
		case 'runtime':
			return { answer: 'holds', because: [runtime.because] };
		case 'classes':
			return classesAnswer(data, runtime);
		case 'modules':
			return modulesAnswer(data, runtime);
		case 'authorities':
			return authoritiesAnswer(runtime, standing);
		case 'fonts':
			return fontsAnswer(runtime, standing);
		case 'libraries':
			return librariesAnswer(data, runtime, standing);
	}
}

/** Java Virtual Machine Specification 4.1: a runtime of Java N takes class files up to version N + 44. */
function classesAnswer({ major, name }: Extract<JavaData, { ask: 'classes' }>, { feature, because }: JavaRuntime): Answer {
	if (feature === undefined) return { answer: 'unknown', because: [because], hint: 'run "java -version" on the base to settle it' };
	if (feature + 44 >= major) return { answer: 'holds', because: [because] };
	return {
		answer: 'fails',
		because: [because],
		message: `java.lang.UnsupportedClassVersionError: ${name} has been compiled by a more recent version of the Java Runtime (class file version ${major}.0), this version of the Java Runtime only recognizes class file versions up to ${feature + 44}.0`,
		hint: `use a base with Java ${major - 44} or newer, or compile with --release ${feature}`,
	};
}

function modulesAnswer({ modules }: Extract<JavaData, { ask: 'modules' }>, { modules: there, because, feature }: JavaRuntime): Answer {
	if (feature !== undefined && feature < 9)
		return { answer: 'holds', because: [{ ...because, shows: `Java ${feature} has no modules to leave out` }] };
	if (there === undefined) return { answer: 'unknown', because: [because], hint: 'run "java --list-modules" on the base to settle it' };
	const missing = modules.filter(({ module }) => !there.has(module));
	const [first] = missing;
	if (first === undefined) return { answer: 'holds', because: [{ ...because, shows: `${because.shows} with ${there.size} modules` }] };
	return {
		answer: 'fails',
		because: missing
			.slice(0, 5)
			.map(({ module, name, by, jar }) => ({ path: jar, shows: `${by} uses ${name} of ${module}, which was left out` })),
		message: `java.lang.NoClassDefFoundError: ${first.name}`,
		hint: `link the runtime with --add-modules ${missing.map(({ module }) => module).join(',')}`,
	};
}

function authoritiesAnswer({ home, because }: JavaRuntime, { combined }: Standing): Answer {
	for (const path of [`${home}/lib/security/jssecacerts`, `${home}/lib/security/cacerts`, `${home}/jre/lib/security/cacerts`]) {
		const entry = combined.resolve(path);
		if (entry?.type === 'file' && entry.size > 32)
			return { answer: 'holds', because: [{ path: entry.path, shows: 'certificate authorities' }] };
	}
	return {
		answer: 'fails',
		because: [{ ...because, path: `${home}/lib/security/cacerts`, shows: 'is not there, or leads nowhere' }],
		message: 'java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty',
		hint: 'copy a key store to lib/security/cacerts of the runtime (the package ca-certificates-java makes one)',
	};
}

/** Text on images: libfontmanager of the runtime needs FreeType and fontconfig, and fontconfig a font. */
function fontsAnswer({ home, because }: JavaRuntime, { combined }: Standing): Answer {
	if (combined.resolve(`${home}/lib/libfontmanager.so`) === undefined && combined.resolve(`${home}/jre/lib`) === undefined)
		return {
			answer: 'fails',
			because: [{ ...because, path: `${home}/lib/libfontmanager.so`, shows: 'is not there' }],
			message: 'java.lang.UnsatisfiedLinkError: no fontmanager in system library path',
			hint: 'use a runtime with the module java.desktop whole',
		};
	const triples = combined.list('/usr/lib').filter((name) => name.includes('-linux-'));
	const directories = ['/usr/lib', '/lib', '/usr/local/lib', '/usr/lib64', ...triples.map((name) => `/usr/lib/${name}`)];
	const library = directories.map((directory) => combined.resolve(`${directory}/libfontconfig.so.1`)).find((entry) => entry !== undefined);
	if (library !== undefined) return { answer: 'holds', because: [{ path: library.path, shows: 'is there' }] };
	return {
		answer: 'fails',
		because: [{ path: '/usr/lib/libfontconfig.so.1', shows: 'is not there' }],
		message: 'Fontconfig head is null, check your fonts or fonts configuration',
		hint: 'bring fontconfig and a font',
	};
}

/** Libraries that are unpacked at run time must be of the libc that the runtime stands on. */
function librariesAnswer(
	{ glibc, musl, name }: Extract<JavaData, { ask: 'libraries' }>,
	{ libc, because }: JavaRuntime,
	{ combined }: Standing,
): Answer {
	const onMusl = libc === 'musl' || (libc === undefined && combined.list('/lib').some((entry) => entry.startsWith('ld-musl-')));
	if (onMusl ? musl : glibc)
		return { answer: 'holds', because: [{ ...because, shows: `${name} has a library for ${onMusl ? 'musl' : 'glibc'}` }] };
	// musl answers to the name of glibc's library: what decides is which functions the library wants
	return {
		answer: onMusl && glibc ? 'unknown' : 'fails',
		because: [{ ...because, shows: `${name} has native libraries for ${onMusl ? 'glibc' : 'musl'} only` }],
		...(onMusl && glibc ? {} : { message: `java.lang.UnsatisfiedLinkError: ${name}` }),
		hint: onMusl
			? 'use a base with glibc, or try it: whether musl has all that they want is not looked at inside jars'
			: 'use a base with musl',
	};
}
