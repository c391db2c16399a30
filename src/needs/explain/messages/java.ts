import { javaRuntime } from '../../runtimes/java-runtime.ts';
import { type Cause, holds, isNot, type MessageKind, open, type Scene } from '../message-kind.ts';

const tooNew =
	/UnsupportedClassVersionError: ([\w/.$]{1,300}) has been compiled by a more recent version.{0,100}class file version (\d{1,3})(?:\.\d+)?\).{0,200}up to (\d{1,3})/;
const onlyVersion = /UnsupportedClassVersionError: ([\w/.$]{1,300}).{0,100}[Uu]nsupported major\.minor version (\d{1,3})/;
const noClass = /NoClassDefFoundError: ((?:java|javax|jdk|sun|com\/sun)\/[\w/$]{1,200})/;

/** JVMS 4.1: class file version 45 is Java 1.1, 52 Java 8, 65 Java 21. */
const featureOf = (major: number): number => major - 44;

/** The Java runtime is older than the classes, or was linked without a module. */
export const java: MessageKind = {
	kind: 'java',
	seen: '`UnsupportedClassVersionError`, `NoClassDefFoundError: java/…`',
	looks: 'the version and modules of the Java runtime',
	read(line) {
		const [, name, needs] = tooNew.exec(line) ?? onlyVersion.exec(line) ?? [];
		if (name !== undefined && needs !== undefined) return versionReading(name, featureOf(Number(needs)));
		const missing = noClass.exec(line)?.[1];
		if (missing === undefined) return undefined;
		return {
			what: `the class ${missing.replaceAll('/', '.')} belongs to the Java runtime, and this one does not have it or cannot initialise it`,
			possible: [
				{
					what: 'the runtime was linked (jlink) without its module, or is a headless one',
					hint: 'jlink --add-modules with the module, or take a whole runtime',
				},
				{ what: 'a library that the class needs (libfreetype.so.6 for fonts) is not there' },
			],
			look: async ({ standing }) => {
				const runtime = await javaRuntime(standing);
				if (runtime === undefined) return [open('no Java runtime was found in the image')];
				if (runtime.modules === undefined) return [open('the runtime does not say which modules it has', [runtime.because])];
				const because = [{ ...runtime.because, shows: `${runtime.because.shows}; modules ${[...runtime.modules].join(' ')}` }];
				return [
					open(
						`whether one of its ${runtime.modules.size} modules has the class is not looked at`,
						because,
						'jdeps --print-module-deps names the modules that the application uses',
					),
				];
			},
		};
	},
};

function versionReading(name: string, feature: number): ReturnType<MessageKind['read']> {
	const hint = `take a base with Java ${feature} or newer, or compile with --release for the older one`;
	return {
		what: `${name} was compiled for Java ${feature}, and the runtime is older`,
		possible: [{ what: `it needs Java ${feature} or newer`, hint, certain: true }],
		look: (scene) => versionCauses(scene, feature, hint),
	};
}

async function versionCauses({ standing }: Scene, feature: number, hint: string): Promise<readonly Cause[]> {
	const runtime = await javaRuntime(standing);
	if (runtime?.feature === undefined)
		return [open('which Java this image has cannot be told', runtime === undefined ? [] : [runtime.because])];
	if (runtime.feature >= feature) return [isNot(`the Java of this image is older than ${feature}`, [runtime.because])];
	return [holds(`this image has Java ${runtime.feature}, and Java ${feature} is needed`, [runtime.because], hint)];
}
