import type { Evidence } from '../../../model/evidence.ts';
import { javascriptRuntime } from '../../runtimes/javascript-runtime.ts';
import { majorOf } from '../../runtimes/node-versions.ts';
import { elsewhere, listed } from '../elsewhere.ts';
import { type Cause, holds, isNot, type MessageKind, open, type Scene } from '../message-kind.ts';

// the message is broken over lines, and the second number alone means the other way round
const versions = /NODE_MODULE_VERSION (\d{1,4})\. This version of .{0,40}requires(?: NODE_MODULE_VERSION (\d{1,4})\b)?/;
const unavailable =
	/Could not load the "([^"]{1,100})" module using the ([\w-]{1,40}) runtime|No native build was found for ([^\n]{1,200})|Failed to load native binding|Module did not self-register|is linked against glibc .{0,60}but this Bun build uses musl/;

/** Native addons: built for another Node.js, another libc or another processor. */
export const nodeAddon: MessageKind = {
	kind: 'node-addon',
	seen: '`NODE_MODULE_VERSION 115`, `Could not load the "sharp" module`',
	looks: 'the version of Node.js, and for which libc the addons are',
	read(line) {
		const version = versions.exec(line);
		if (version !== null) return byVersion(Number(version[1]), version[2] === undefined ? undefined : Number(version[2]));
		const match = unavailable.exec(line);
		if (match === null) return undefined;
		return {
			what: 'a package with a native part has none that this runtime, libc and processor can load',
			possible: [
				{ what: 'it was installed on another libc (glibc against musl) or processor', hint: 'run npm ci on the base that it runs on' },
				{ what: 'a library that the native part needs is not there' },
			],
			look: async (scene) => variantCauses(scene),
		};
	},
};

const named = (version: number): string => `Node.js ${majorOf(version) ?? `with module version ${version}`}`;

function byVersion(built: number, runs: number | undefined): ReturnType<MessageKind['read']> {
	const hint = 'run npm rebuild (or npm ci) with the Node.js of the base, or take a base with the Node.js it was built for';
	return {
		what: `a native addon was built for ${named(built)}${runs === undefined ? '' : ` and loaded by ${named(runs)}`}: its interface has another version`,
		possible: [{ what: `it was built for ${named(built)}`, hint, certain: true }],
		look: async ({ standing }) => {
			const runtime = javascriptRuntime(standing, ['node', 'nodejs', 'bun']);
			if (runtime?.moduleVersion === undefined)
				return [open('which Node.js this image has cannot be told', runtime === undefined ? [] : [runtime.because])];
			const because: readonly Evidence[] = [
				{ ...runtime.because, shows: `${runtime.because.shows}, NODE_MODULE_VERSION ${runtime.moduleVersion}` },
			];
			if (runtime.moduleVersion === built) return [isNot(`the addon was built for another Node.js than that of this image`, because)];
			return [holds(`the addon was built for ${named(built)}, and this image has ${named(runtime.moduleVersion)}`, because, hint)];
		},
	};
}

function variantCauses({ standing: { combined } }: Scene): readonly Cause[] {
	const musl = combined.list('/lib').some((name) => name.startsWith('ld-musl-'));
	const addons = elsewhere(combined, (name, { content }) => name.endsWith('.node') && content === 'elf');
	if (addons.length === 0)
		return [
			holds(
				'no native addon (.node) is in the image',
				[{ path: '/', shows: 'no file ends in .node' }],
				'install the packages for the platform of the image, optional dependencies included',
			),
		];
	const glibc = (path: string): boolean => combined.elf(path)?.needed.some((name) => /^(libc\.so\.6|ld-linux)/.test(name)) === true;
	const foreign = addons.filter(({ path }) => glibc(path) === musl && (combined.elf(path)?.needed.length ?? 0) > 0);
	const here = musl ? 'musl' : 'glibc';
	if (foreign.length === 0)
		return [
			isNot('the addons were built for another libc', listed(addons, `fits ${here}`)),
			open('another library that they need is missing, or another package is meant'),
		];
	return [
		holds(
			`addons in the image were built for ${musl ? 'glibc' : 'musl'}, and it has ${here}`,
			listed(foreign, `needs ${musl ? 'glibc' : 'musl'}`),
			`run npm ci on a base with ${here}, or take a base with ${musl ? 'glibc' : 'musl'}`,
		),
	];
}
