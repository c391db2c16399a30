import { root } from '../../formats/access.ts';
import { readRelease } from '../../formats/java/manifest.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/need.ts';
import { baseName } from '../application/stage-tree.ts';
import { lookUp, resolveProgram } from '../launch/resolve-program.ts';

/** The Java runtime that a base has. */
export interface JavaRuntime {
	/** JAVA_HOME */
	readonly home: string;
	/** 17 of Java 17, 8 of 1.8 */
	readonly feature?: number;
	/** Modules that it was linked with; undefined when it does not say. */
	readonly modules?: ReadonlySet<string>;
	/** `gnu`, `musl`, when it says so. */
	readonly libc?: string;
	readonly because: Evidence;
}

/** The runtime that the start command comes to, else `java` in PATH or in JAVA_HOME. Undefined: none is found. */
export async function javaRuntime(standing: Standing): Promise<JavaRuntime | undefined> {
	const real = programOf(standing);
	if (real === undefined) return undefined;
	const home = real
		.replace(/\/bin\/java$/, '')
		.replace(/\/jre$/, (jre) => (standing.combined.resolve(`${real.replace(/\/bin\/java$/, '')}/lib/rt.jar`) ? jre : ''));
	const text = await standing.combined.read(`${home}/release`).catch(() => undefined);
	const release = readRelease(text === undefined ? '' : new TextDecoder().decode(text));
	const feature = featureOf(release.get('JAVA_VERSION')) ?? featureOf(/(?:java|jdk|jre)-?(\d+(?:\.\d+)*)/.exec(home)?.[1]);
	const modules = release.get('MODULES')?.split(' ').filter(Boolean);
	const libc = release.get('LIBC');
	return {
		home,
		because: {
			path: text === undefined ? real : `${home}/release`,
			shows: feature === undefined ? 'Java of a version that it does not show' : `Java ${feature}`,
		},
		...(feature === undefined ? {} : { feature }),
		...(modules === undefined || modules.length === 0 ? {} : { modules: new Set(modules) }),
		...(libc === undefined ? {} : { libc }),
	};
}

function programOf({ config, combined }: Standing): string | undefined {
	const started = resolveProgram([...config.entrypoint, ...config.command], config, combined);
	const last = started.failure === undefined ? started.chain.at(-1) : undefined;
	if (last !== undefined && baseName(last.real) === 'java') return last.real;
	const variable = config.env.findLast(({ name }) => name === 'JAVA_HOME')?.value;
	for (const name of ['java', ...(variable === undefined ? [] : [`${variable}/bin/java`])]) {
		const found = lookUp(name, { config, rootfs: combined, who: root });
		if ('entry' in found && combined.elf(found.entry.path) !== undefined) return found.entry.path;
	}
	return undefined;
}

/** `17.0.15`, `1.8.0_402` */
function featureOf(version: string | undefined): number | undefined {
	const match = /^(?:1\.)?(\d{1,3})/.exec(version ?? '');
	return match === null ? undefined : Number(match[1]);
}
