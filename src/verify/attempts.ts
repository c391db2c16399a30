import type { Item } from '../model/surface.ts';
import { defaultPath, resolveProgram } from '../needs/launch/resolve-program.ts';
import type { Means } from './means.ts';
import { type Attempt, type Outcome, says, type Target, wasRun } from './move.ts';

interface Prediction {
	readonly predicted: Outcome;
	readonly because: string;
	/** Where the program lies. */
	readonly real?: string;
}

/** What the engine would find under a name or path: the prediction with what it rests on. */
export function predictStart(target: Target, name: string): Prediction {
	const path = target.config.env.find((variable) => variable.name === 'PATH')?.value ?? defaultPath;
	const settings = { env: [{ name: 'PATH', value: path }], workingDir: target.config.workingDir || '/' };
	const { failure, chain } = resolveProgram([name], settings, target.rootfs, target.user);
	if (failure !== undefined) return { predicted: 'impossible', because: failure.message };
	const real = chain.at(-1)?.real ?? name;
	return { predicted: 'possible', because: `${real} is there`, real };
}

/** A program called by name, as attackers do; it succeeds when it is there and can be started. */
export function byName(target: Target, argv: readonly string[], over: Partial<Attempt> = {}): Attempt {
	const [name = ''] = argv;
	return { what: argv.join(' '), ...predictStart(target, name), argv, harmless: true, succeeded: wasRun, ...over };
}

/** How an item of the surface is called: by its own name, or as an applet of the program that plays it. */
export function callOf({ rootfs, means }: Target, { name, path, because }: Item): readonly string[] | undefined {
	if (path === undefined || path.endsWith(`/${name}`)) return path === undefined ? undefined : [path];
	const named = because.find((one) => one.path.endsWith(`/${name}`))?.path;
	if (named !== undefined) return [named];
	const inode = rootfs.resolve(path)?.inode;
	const many = means.some((one) => one.many && rootfs.resolve(one.name)?.inode === inode);
	return many ? [path, name] : [path];
}

/**
 * The same through every means that can do it. Where the image has none, the usual program is tried all the same, so that
 * the engine says itself that it is not there.
 */
export function throughMeans(
	target: Target,
	command: (means: Means) => readonly string[] | undefined,
	text: string,
	over: Partial<Attempt> & { readonly otherwise?: readonly string[] },
): readonly Attempt[] {
	const { otherwise, ...rest } = over;
	const able = target.means.flatMap((means): readonly Attempt[] => {
		const argv = command(means);
		if (argv === undefined) return [];
		const because = `${means.name} does what it is told`;
		return [{ what: `with ${means.name}`, predicted: 'possible', because, argv, harmless: true, succeeded: says(text), ...rest }];
	});
	if (able.length > 0 || otherwise === undefined) return able;
	const found = predictStart(target, otherwise[0] ?? '');
	const predicted = found.predicted === 'possible' ? 'unknown' : found.predicted;
	return [{ what: otherwise.join(' '), ...found, predicted, argv: otherwise, harmless: true, succeeded: says(text), ...rest }];
}
