import type { Evidence } from '../../model/evidence.ts';
import { onMusl, refusedOption } from './busybox/refused-option.ts';
import { type Course, type Failure, failing, maxStarts, type Place, runs, type Started, unknown, unknownWord } from './course.ts';
import { mains } from './mains/index.ts';
import { baseName, type Program } from './mains/main.ts';
import { isBusybox, type ProgramFailure, type ResolvedProgram, resolveProgram } from './resolve-program.ts';

/**
 * Every way the start of `argv` can go: through `#!` lines and `env`, init programs and user switchers, shell scripts (which
 * are followed command by command), package managers' scripts and interpreters, down to the program that stays. A file
 * whose absence decides but that may be in a part of the application that could not be seen makes a way unknown.
 */
export async function start(argv: readonly string[], given: Place, because: Evidence, depth = 0): Promise<readonly Course[]> {
	const place = depth === 0 ? { ...given, mayBeThere: (path: string) => path.includes(unknownWord) || given.mayBeThere(path) } : given;
	if (depth > maxStarts) return [unknown('programs start programs deeper than is followed')];
	const resolved = resolveProgram(argv, place, place.rootfs, place.who);
	const started = startedOf(resolved, place, because);
	if (argv[0]?.includes(unknownWord)) return [unknown('the name of a program that is started is not known', [], because)];
	const installed = resolved.failure?.reason === 'not-found' && place.provided?.(resolved.failure.missing);
	if (installed) return [runs(argv)];
	if (resolved.failure) return [notStarted(resolved.failure, started, place, because)];
	const last = resolved.chain.at(-1);
	if (resolved.unread || last === undefined) return [unknown(`what ${last?.path ?? argv[0] ?? ''} is was not looked at`, started)];
	const env = [...place.env.filter(({ name }) => !resolved.env.some((set) => set.name === name)), ...resolved.env];
	const program: Program = {
		argv: resolved.argv,
		asked: argv,
		path: last.path,
		real: last.real,
		scripts: resolved.chain.slice(0, -1).map((step) => step.real),
		place: { ...place, env },
		because,
		depth,
		start,
	};
	const refused = refusedBy(program);
	if (refused !== undefined) return [failing({ kind: 'option', message: refused, missing: last.path, places: [], because }, started)];
	const main = mains.find(({ answers }) => answers(program));
	const courses = main ? await main.follow(program) : [runs(resolved.argv)];
	return courses.map((course) => ({ ...course, started: [...started, ...course.started] }));
}

/** An option that BusyBox does not have where the program of this name is one of its applets. */
function refusedBy({ argv, asked, scripts, path, place }: Program): string | undefined {
	if (/(^|\/)add(user|group)$/.test(scripts[0] ?? '') && /perl/.test(path)) return ambiguousOption(asked);
	const entry = place.rootfs.resolve(path);
	if (entry === undefined || !isBusybox(place.rootfs, entry)) return undefined;
	const direct = /^busybox/.test(baseName(argv[0] ?? ''));
	const [name = '', ...words] = direct ? argv.slice(1) : argv;
	return words.includes(unknownWord) ? undefined : refusedOption(baseName(name), words, onMusl(place.rootfs, path));
}

/** Debian's adduser takes long names, cut short or not: the letters that BusyBox has stand for several of them. */
function ambiguousOption(words: readonly string[]): string | undefined {
	const option = words.find((word) => /^-[DSHgGsk]$/.test(word));
	return option && `Option ${option.slice(1).toLowerCase()} is ambiguous`;
}

function startedOf(resolved: ResolvedProgram, place: Place, because: Evidence): readonly Started[] {
	return resolved.chain.map(({ path, real }) => ({
		path,
		real,
		argv: resolved.argv,
		env: place.env,
		workingDir: place.workingDir,
		because,
	}));
}

const kinds = {
	'not-found': 'program',
	'env-not-found': 'program',
	'not-executable': 'permission',
	directory: 'permission',
	'no-interpreter': 'interpreter',
	'bad-format': 'format',
	'env-option': 'option',
} as const satisfies Record<ProgramFailure['reason'], Failure['kind']>;

function notStarted(failure: ProgramFailure, started: readonly Started[], place: Place, because: Evidence): Course {
	const { reason, message, missing, places } = failure;
	const absent = reason === 'not-found' || reason === 'env-not-found' || reason === 'no-interpreter';
	const hidden = absent ? places.find((path) => place.mayBeThere(path)) : undefined;
	if (hidden !== undefined) return unknown(`${missing} is not here and may be put there by what could not be seen`, started, because);
	return failing({ kind: kinds[reason], message, missing, places, because }, started);
}
