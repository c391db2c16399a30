import type { EndOfLife } from '../model/base.ts';
import type { System } from '../model/package.ts';
import { distributions, distrolessSeries, type Lifetimes, runtimes as runtimeLifetimes } from './end-of-life-dates.ts';
import { leading } from './tag.ts';

export interface RuntimeVersion {
	/** A runtime's name (`node`) or that of the package it came in (`nodejs`, `temurin-21-jre`). */
	readonly name: string;
	readonly version: string;
}

/** Package names under which a project's own build of a runtime is recorded; the capture is a version when the name has one. */
const packageNames: readonly (readonly [RegExp, string])[] = [
	[/^(node|nodejs)$/, 'node'],
	[/^(python|python3|cpython)$/, 'python'],
	[/^(java|jre|jdk|openjdk|temurin-\d+-(?:jre|jdk))$/, 'java'],
	[/^(go|golang|stdlib)$/, 'go'],
	[/^ruby$/, 'ruby'],
	[/^php$/, 'php'],
	[/^(dotnet|dotnet-runtime|aspnetcore-runtime|Microsoft\.NETCore\.App)$/, 'dotnet'],
];

/**
 * When the free security updates of a base end: of its distribution, of the image series, and of each runtime that its own
 * project maintains. A runtime that the distribution packages (its version carries a packaging revision) lives as long as
 * the distribution. What is in no table is left out: unknown is neither supported nor past.
 */
export function endOfLifeOf(
	system: Pick<System, 'id' | 'name' | 'versionId'>,
	runtimes: readonly RuntimeVersion[],
	today: Date,
): readonly EndOfLife[] {
	const day = today.toISOString().slice(0, 10);
	const found = [
		...endOfRelease(distributions.get(system.id), system.versionId, day),
		...(system.id === 'debian' && system.name === 'Distroless' ? endOfRelease(distrolessSeries, system.versionId, day) : []),
		...runtimes.flatMap((runtime) => endOfRuntime(runtime, day)),
	];
	return [...new Map(found.map((end) => [end.what, end])).values()];
}

function endOfRuntime({ name, version }: RuntimeVersion, day: string): readonly EndOfLife[] {
	const key = packageNames.find(([pattern]) => pattern.test(name))?.[1];
	if (key === undefined || (isPackaged(version) && !name.startsWith('temurin-'))) return [];
	return endOfRelease(runtimeLifetimes.get(key), key === 'java' ? javaFeature(version) : version, day);
}

/** A Debian, Alpine or RPM revision: `3.11.2-6+deb12u6`, `22.16.0-r2`, `1:18.20.4-1.el9`. */
function isPackaged(version: string): boolean {
	return /^\d+:|-r\d+$|-\d[\w.+~]*$|-\d+(build|ubuntu)/.test(version);
}

/** `1.8.0_412` and `8u412` are Java 8. */
function javaFeature(version: string): string {
	return version.replace(/^1\.(\d+)\b.*$/, '$1').replace(/^(\d+)u\d+.*$/, '$1');
}

function endOfRelease(lifetimes: Lifetimes | undefined, version: string | undefined, day: string): readonly EndOfLife[] {
	if (lifetimes === undefined || version === undefined) return [];
	const release = leading(version.replace(/^v/, ''), lifetimes.numbers) ?? '';
	const date = Object.hasOwn(lifetimes.ends, release) ? lifetimes.ends[release] : undefined;
	if (date === undefined) return [];
	return [{ what: `${lifetimes.product} ${release}`, date, past: day > date, means: lifetimes.means, source: lifetimes.source }];
}
