import { type LinkedProgram, readLinked } from '../../../formats/elf-linked.ts';
import { readGoBuildInfo } from '../../../formats/go/build-info.ts';
import type { Certainty } from '../../../model/verdict.ts';
import type { Action, Fact } from '../fact.ts';
import { placeClass } from '../places.ts';
import { isCharacterSet } from './character-sets.ts';

/** Functions of the C library that start a shell. */
const shells = ['system', 'popen'];
const execs = ['execl', 'execle', 'execlp', 'execv', 'execve', 'execvp', 'execvpe', 'posix_spawn', 'posix_spawnp'];
const clocks = ['tzset', 'localtime', 'localtime_r', 'mktime', 'setenv', 'putenv'];
const opens = ['open', 'open64', 'openat', 'fopen', 'fopen64', '_ZNSt14basic_ifstreamIcSt11char_traitsIcEEC1EPKcSt13_Ios_Openmode'];
/** More zones or files than a program names that means one: a table of them. */
const fewZones = 3;
const fewFiles = 6;

const zone =
	/^(?:TZ=)?:?((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z][A-Za-z_+-]{2,40}(?:\/[A-Z][A-Za-z_]{2,40})?)$/;
const locale = /^[a-z]{2,3}_[A-Z]{2}(\.[\w-]{3,12})?(@\w{2,12})?$/;
/** First words of command lines that are told from sentences by them. */
const commands = new Set(
	'awk cat chmod chown cp curl date df dig echo env find free git grep gzip head hostname id ip kill ls mkdir mount mv netstat nslookup openssl ping ps python python3 rm sed sh sleep sort ss tail tar top touch uname wget which whoami'.split(
		' ',
	),
);

/** Names of commands that are also functions of the C library, which every program may carry. */
const functions = new Set('chmod chown env free head kill mkdir mount rm sleep sort tail top touch uname'.split(' '));

/**
 * What a program compiled from C, C++, Rust or the like asks of the system: told by the functions of the C library that it
 * calls and the texts that it carries. A small program means what it names; a large one may never come to it. Undefined: not
 * such a program.
 */
export function readNativeProgram(path: string, bytes: Uint8Array): readonly Fact[] | undefined {
	if (readGoBuildInfo(bytes) !== undefined) return undefined;
	const program = readLinked(bytes);
	if (program === undefined) return undefined;
	const sure = sureness(program);
	const fact = (action: Action, shows: string, certainty: Certainty): Fact => ({
		action,
		language: 'native',
		because: { path, shows },
		certainty,
		dependency: false,
	});
	return [
		...shellFacts(program, sure, fact),
		...zoneFacts(program, sure, fact),
		...localeFacts(program, sure, fact),
		...fileFacts(program, sure, fact),
		...characterSetFacts(program, sure, fact),
		...libraryFacts(program, sure, fact),
		...accountFacts(program, sure, fact),
	];
}

type Make = (action: Action, shows: string, certainty: Certainty) => Fact;

/** `required`: it does little else; `likely`: a tool; `possible`: a server that can do many things. */
function sureness({ imports, static: isStatic, size }: LinkedProgram): Certainty {
	if (isStatic) return size <= 1536 * 1024 ? 'required' : size <= 4 * 1024 * 1024 ? 'likely' : 'possible';
	if (imports <= 60 && size <= 512 * 1024) return 'required';
	return imports <= 150 ? 'likely' : 'possible';
}

function calledOf(program: LinkedProgram, names: readonly string[]): string | undefined {
	return names.find((name) => program.calls.has(name));
}

function shellFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const shell = calledOf(program, shells);
	const exec = calledOf(program, execs);
	const paths = program.texts.filter((text) => /^\/(usr\/(local\/)?)?s?bin\/[\w.+-]{1,60}$/.test(text) && text !== '/bin/sh');
	const lines = program.texts.filter((text) => commands.has(text.split(' ', 1)[0] ?? '') && /^[\w.+-]+ \S/.test(text));
	const searching = calledOf(program, ['execlp', 'execvp', 'execvpe', 'posix_spawnp']);
	const named = searching === undefined ? [] : program.texts.filter((text) => commands.has(text) && !functions.has(text));
	const line = lines.length === 1 ? lines[0] : undefined;
	const command = line === undefined ? {} : { command: { text: line, whole: !line.includes('%') } };
	return [
		...(shell === undefined ? [] : [fact({ kind: 'shell', shell: '/bin/sh', ...command }, `calls ${shell}()`, sure)]),
		...(exec === undefined || paths.length > fewFiles
			? []
			: paths.map((text) =>
					fact(
						{ kind: 'program', program: text, arguments: [] },
						`calls ${exec}() and names ${text}`,
						paths.length === 1 ? sure : atMostLikely(sure),
					),
				)),
		...(named.length > fewFiles
			? []
			: named.map((text) =>
					fact({ kind: 'program', program: text, arguments: [] }, `calls ${searching}() and names ${text}`, atMostLikely(sure)),
				)),
	];
}

function atMostLikely(certainty: Certainty): Certainty {
	return certainty === 'required' ? 'likely' : certainty;
}

function zoneFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const clock = calledOf(program, clocks);
	const zones = new Set(program.texts.flatMap((text) => zone.exec(text)?.[1] ?? []));
	if (clock === undefined || zones.size > fewZones) return [];
	return [...zones].map((name) => fact({ kind: 'zone', zone: name }, `calls ${clock}() and names ${name}`, sure));
}

/** A locale that cannot be set is often passed over; musl takes any name. */
function localeFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const call = calledOf(program, ['setlocale', 'newlocale']);
	const names = program.texts.filter((text) => locale.test(text));
	if (call === undefined || names.length > fewZones || program.libc === 'musl') return [];
	return names.map((name) => fact({ kind: 'locale', locale: name }, `calls ${call}() and names ${name}`, atMostLikely(sure)));
}

/**
 * Paths that the C library itself names, and so every static program. Those of name services (/etc/networks, /etc/rpc) are not
 * among them: a static program of glibc that asks for users loads the C library of the base, and finds nothing where there is none.
 */
const ofLibc =
	/^\/(usr\/(lib|share)\/(locale|zoneinfo|getconf|[\w-]+\/gconv|i18n)|usr\/lib\/?$|lib\w*\/|etc\/(ld\.so|nsswitch|host\.conf|gai|suid|localtime|resolv|passwd|group|services|protocols))/;

function fileFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const call = calledOf(program, opens);
	const named = program.texts.filter((text) => /^\/[\w./+-]{2,200}$/.test(text) && !text.endsWith('/') && isOfBase(text));
	const paths = named.filter((text) => text !== program.interpreter && !(program.static && ofLibc.test(text)));
	if (call === undefined || paths.length > fewFiles) return [];
	return paths.map((path) => fact({ kind: 'file', path }, `calls ${call}() and names ${path}`, atMostLikely(sure)));
}

function isOfBase(path: string): boolean {
	const place = placeClass(path);
	return (
		(place === 'base' || place === 'certificates' || place === 'zone') &&
		!/^\/(usr\/(local\/)?)?s?bin\//.test(path) &&
		/\/[^/]+\/[^/]+/.test(path)
	);
}

function characterSetFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	if (!program.calls.has('iconv_open')) return [];
	const { libc, static: isStatic } = program;
	// the tables of musl are in small letters, and in every static program that converts
	const names = program.texts.filter(
		(text) => isCharacterSet(text) && !text.startsWith('ANSI_X3.4-1968') && !(libc === 'musl' && program.static && !/[A-Z]/.test(text)),
	);
	if (names.length === 0 || names.length > 12) return [];
	const action: Action = { kind: 'character-sets', names, libc, static: isStatic };
	return [fact(action, `calls iconv_open() and names ${names.join(', ')}`, sure)];
}

/** A user without an entry in /etc/passwd has no name; a large program goes on without. */
function accountFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const call = calledOf(program, ['getpwuid', 'getpwuid_r']);
	if (call === undefined || program.static || !program.calls.has('getuid')) return [];
	const message = `${call}() finds no entry`;
	return [fact({ kind: 'account', unless: [], message }, `calls ${call}() and getuid()`, sure === 'required' ? 'likely' : 'possible')];
}

/** Libraries that the C library itself opens, and so every static program names. */
const openedByLibc = /^lib(c|m|dl|rt|pthread|gcc_s|nss_\w+|nsl|resolv|thread_db|util|cidn|idn2?)[.-]/;

/** A library that cannot be opened is often done without. */
function libraryFacts(program: LinkedProgram, sure: Certainty, fact: Make): readonly Fact[] {
	const names = program.texts.filter(
		(text) => /^lib[\w+-]{1,60}\.so(\.\d{1,6}){0,3}$/.test(text) && !program.needed.includes(text) && !openedByLibc.test(text),
	);
	if (!program.calls.has('dlopen') || names.length > fewFiles) return [];
	const { libc, static: isStatic } = program;
	return names.map((library) =>
		fact({ kind: 'library', library, libc, static: isStatic }, `calls dlopen() and names ${library}`, atMostLikely(sure)),
	);
}
