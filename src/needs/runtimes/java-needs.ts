import type { Application, Need } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { atMost } from '../source/fact.ts';
import type { JarFacts, JavaClass } from '../source/java/read-jar.ts';
import type { JavaStart } from '../source/java/starts.ts';
import type { Source } from '../source/read-source.ts';
import { moduleOf } from './java-modules.ts';

/** The first use of a module of the JDK. */
export interface ModuleUse {
	readonly module: string;
	/** `java/sql/Driver` */
	readonly name: string;
	readonly by: string;
	readonly jar: string;
}

/** What a need of kind `java` asks of the runtime. */
export type JavaData =
	| { readonly ask: 'runtime' }
	| { readonly ask: 'classes'; readonly major: number; readonly name: string }
	| { readonly ask: 'modules'; readonly modules: readonly ModuleUse[] }
	| { readonly ask: 'authorities' }
	| { readonly ask: 'fonts' }
	| { readonly ask: 'libraries'; readonly name: string; readonly glibc: boolean; readonly musl: boolean };

type JavaNeed = Need<JavaData>;

/** Classes through which a connection is made. */
const connectors = [
	'java/net/http/HttpClient',
	'java/net/URL',
	'java/net/URLConnection',
	'java/net/HttpURLConnection',
	'javax/net/ssl/SSLContext',
	'javax/net/ssl/SSLSocketFactory',
	'javax/net/ssl/HttpsURLConnection',
];
const kind = 'java';

export function findJavaNeeds(_application: Application, { java, commands }: Source): readonly JavaNeed[] {
	const named = commands.filter(
		(command) => command.certainty === 'required' && command.words.slice(0, 6).some((word) => /(^|\/)java$/.test(word.text)),
	);
	const because =
		java.length > 0
			? java.map(({ because: place, path }) => ({ ...place, shows: `${place.shows} → ${path}` }))
			: named.slice(0, 1).map((c) => c.because);
	if (because.length === 0) return [];
	return [{ kind, what: 'a Java runtime', certainty: 'required', because, data: { ask: 'runtime' } }, ...java.flatMap(needsOf)];
}

function needsOf(start: JavaStart): readonly JavaNeed[] {
	const { facts, certainty } = start;
	if (facts === undefined) return [];
	return [
		...classNeeds(facts, certainty),
		...moduleNeeds(facts, certainty),
		...nativeNeeds(facts),
		...trustNeeds(facts),
		...(facts.https === undefined || !connectors.some((name) => facts.uses.has(name))
			? []
			: [oneNeed('certificate authorities of the Java runtime', 'likely', facts.https, 'has an address of https', { ask: 'authorities' })]),
		...fontNeeds(facts),
	];
}

function oneNeed(what: string, certainty: Certainty, by: JavaClass, shows: string, data: JavaData): JavaNeed {
	return { kind, what, certainty, because: [{ path: by.jar, shows: `${by.name} ${shows}` }], data };
}

/** The application's own classes are loaded for certain, those of its libraries when they are used. */
function classNeeds({ newest }: JarFacts, certainty: Certainty): readonly JavaNeed[] {
	const need = (newer: JavaClass | undefined, most: Certainty): readonly JavaNeed[] =>
		newer === undefined
			? []
			: [
					oneNeed(`Java ${newer.major - 44} or newer`, atMost(certainty, most), newer, `is of class file version ${newer.major}`, {
						ask: 'classes',
						major: newer.major,
						name: newer.name,
					}),
				];
	const { own, libraries } = newest;
	return [...need(own, 'required'), ...(libraries !== undefined && libraries.major > (own?.major ?? 0) ? need(libraries, 'likely') : [])];
}

function moduleNeeds({ uses }: JarFacts, certainty: Certainty): readonly JavaNeed[] {
	return [true, false].flatMap((own): readonly JavaNeed[] => {
		const found = new Map<string, ModuleUse>();
		for (const [name, use] of uses) {
			const module = use.own === own ? moduleOf(name) : undefined;
			if (module !== undefined && !found.has(module)) found.set(module, { module, name, by: use.by.name, jar: use.by.jar });
		}
		if (found.size === 0) return [];
		const modules = [...found.values()];
		const because = modules.slice(0, 5).map((use) => ({ path: use.jar, shows: `${use.by} uses ${use.name}` }));
		const what = `the modules ${modules
			.slice(0, 6)
			.map((use) => use.module)
			.join(', ')}${modules.length > 6 ? ' …' : ''}`;
		return [{ kind, what, certainty: own ? atMost(certainty, 'likely') : 'possible', because, data: { ask: 'modules', modules } }];
	});
}

/** Who makes its own trust manager asks for the authorities of the runtime, or for a store of its own. */
function trustNeeds({ uses, https }: JarFacts): readonly JavaNeed[] {
	const use = uses.get('javax/net/ssl/TrustManagerFactory');
	if (use?.own !== true || https !== undefined) return [];
	return [
		oneNeed('certificate authorities of the Java runtime', 'likely', use.by, 'uses javax/net/ssl/TrustManagerFactory', {
			ask: 'authorities',
		}),
	];
}

/** Native libraries for Linux, by the jar that they come with. */
function nativeNeeds({ libraries }: JarFacts): readonly JavaNeed[] {
	const byJar = Map.groupBy(
		libraries.filter((library) => library.facts.machine === 'x86-64' || library.facts.machine === 'aarch64'),
		(library) => library.jar,
	);
	return [...byJar].map(([jar, found]) => {
		const musl = found.some(({ facts, name }) => facts.needed.some((needed) => needed.startsWith('libc.musl')) || /musl/i.test(name));
		const glibc = found.some(({ facts }) => facts.needed.includes('libc.so.6') || facts.versionNeeds.length > 0);
		const neither = !musl && !glibc;
		const data = { ask: 'libraries', name: jar.slice(jar.lastIndexOf('/') + 1), glibc: glibc || neither, musl: musl || neither } as const;
		const because = found
			.slice(0, 3)
			.map(({ name, facts }) => ({ path: jar, shows: `${name} needs ${facts.needed.slice(0, 4).join(', ') || 'nothing'}` }));
		return { kind, what: `a libc for the native libraries of ${data.name}`, certainty: 'likely', because, data };
	});
}

/** Classes that draw text. */
function fontNeeds({ uses }: JarFacts): readonly JavaNeed[] {
	const name = ['java/awt/Font', 'java/awt/FontMetrics', 'java/awt/Graphics2D', 'java/awt/GraphicsEnvironment'].find((candidate) =>
		uses.has(candidate),
	);
	const use = name === undefined ? undefined : uses.get(name);
	return use === undefined
		? []
		: [oneNeed('fontconfig, to draw text', use.own ? 'likely' : 'possible', use.by, `uses ${name}`, { ask: 'fonts' })];
}
