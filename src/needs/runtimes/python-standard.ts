/** What an interpreter has. */
export interface Offered {
	readonly minor: number;
	/** A module of that name is among its files. */
	present(name: string): boolean;
	/** A module of that name is compiled into it. */
	builtin(name: string): boolean;
}

/** Extension modules without which a module of the standard library cannot be imported. */
const standsOn: ReadonlyMap<string, readonly string[]> = new Map([
	['sqlite3', ['_sqlite3']],
	['ssl', ['_ssl']],
	['ctypes', ['_ctypes']],
	['bz2', ['_bz2']],
	['lzma', ['_lzma']],
	['tkinter', ['_tkinter']],
	['turtle', ['_tkinter']],
	['curses', ['_curses']],
	['multiprocessing.shared_memory', ['_posixshmem']],
	['dbm.gnu', ['_gdbm']],
	['dbm.ndbm', ['_dbm']],
	['socket', ['_socket']],
	['http.server', ['_socket']],
	['compression.zstd', ['_zstd']],
]);

/** Compiled into every interpreter (Modules/config.c.in and Modules/Setup.bootstrap of CPython): they are no files. */
const alwaysBuiltin = new Set(
	(
		'sys builtins time itertools marshal posix gc atexit errno faulthandler signal pwd _abc _ast _codecs _collections _functools _imp _io _locale ' +
		'_operator _signal _sre _stat _string _symtable _thread _tracemalloc _typing _warnings _weakref __future__ __main__ _tokenize _suggestions _sysconfig _frozen_importlib _frozen_importlib_external'
	).split(' '),
);
/** Extension modules that a distribution or an image maker may compile in: told by the bytes of the interpreter. */
const mayBeBuiltin =
	/^(_\w+|array|audioop|binascii|cmath|fcntl|grp|math|mmap|nis|ossaudiodev|parser|pyexpat|readline|resource|select|spwd|syslog|termios|unicodedata|xxlimited|xxsubtype|zlib)$/;

/** Setuptools brings distutils back where Python has none any more. */
const standIns: ReadonlyMap<string, string> = new Map([['distutils', '_distutils_hack']]);

/** The name that importing a module would miss; undefined when it can be imported. */
export function missingStandard(module: string, offered: Offered): string | undefined {
	const top = module.split('.', 1)[0] as string;
	if (alwaysBuiltin.has(top)) return undefined;
	const found = (name: string): boolean => offered.present(name) || (mayBeBuiltin.test(name) && offered.builtin(name));
	const standIn = standIns.get(top);
	if (!found(module) && !(standIn !== undefined && offered.present(standIn))) return found(top) ? module : top;
	for (const [name, extensions] of standsOn)
		if (module === name || module.startsWith(`${name}.`)) {
			const missing = extensions.find((extension) => !found(extension));
			if (missing !== undefined) return missing;
		}
	return undefined;
}
