import type { RuntimeHints } from '../bases/family.ts';
import type { Profile } from '../model/base.ts';
import type { Application, Need } from '../model/need.ts';
import type { ElfFacts } from '../model/rootfs.ts';

/** Kinds of need that are named for the runtime they are about, as the base families name it. */
const runtimes: ReadonlySet<string> = new Set(['node', 'python', 'java', 'ruby', 'php', 'dotnet']);

/** What the base families are told of the application when its current base says nothing. */
export function hintsOf(application: Application, needs: readonly Need[], profile: Profile): RuntimeHints {
	const runtime = needs.find(({ kind, certainty }) => runtimes.has(kind) && certainty !== 'possible')?.kind;
	const program = programOf(application);
	return {
		...(runtime === undefined ? {} : { runtime }),
		...(program === undefined ? {} : { staticBinary: program.interpreter === undefined, libc: libcOf(program) }),
		shellWanted: profile.debugging === 'interactive',
	};
}

/** The program that the application brings and starts itself. */
function programOf({ launch, files }: Application): ElfFacts | undefined {
	const path = (launch.entrypoint ?? launch.command)?.value.argv[0];
	return path?.startsWith('/') ? files.elf(path) : undefined;
}

function libcOf({ interpreter, needed }: ElfFacts): NonNullable<RuntimeHints['libc']> {
	const name = interpreter ?? needed.join(' ');
	if (/ld-musl-/.test(name)) return 'musl';
	return /ld-linux|libc\.so\.6/.test(name) ? 'glibc' : 'unknown';
}
