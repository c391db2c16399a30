/** What a call of a module's function does with its arguments. */
export type CallMeaning =
	/** argument 0 is a command for a shell */
	| 'shell-command'
	/** argument 0 is a program, argument 1 its arguments, options may ask for a shell */
	| 'program'
	/** argument 0 is a list: the program and its arguments */
	| 'program-list'
	/** argument 0 is a whole command line that is split without a shell */
	| 'command-line'
	/** argument 0 is a module that is run */
	| 'module'
	/** argument 0 is a file that is read */
	| 'read'
	/** argument 0 is a file that is made */
	| 'write'
	/** argument 0 is a directory that is made */
	| 'make-directory';

const programs = { execFile: 'program', execFileSync: 'program', spawn: 'program', spawnSync: 'program' } as const;
const reads = 'readFile readFileSync createReadStream open openSync readdir readdirSync opendir opendirSync readlink readlinkSync'.split(
	' ',
);
const writes = 'writeFile writeFileSync appendFile appendFileSync createWriteStream'.split(' ');
const directories = 'mkdir mkdirSync'.split(' ');
const files: readonly (readonly [string, CallMeaning])[] = [
	...reads.flatMap((name) => [[name, 'read'] as const, [`promises.${name}`, 'read'] as const]),
	...writes.flatMap((name) => [[name, 'write'] as const, [`promises.${name}`, 'write'] as const]),
	...directories.flatMap((name) => [[name, 'make-directory'] as const, [`promises.${name}`, 'make-directory'] as const]),
];
const fileExtras: readonly (readonly [string, CallMeaning])[] = [
	...'readJson readJsonSync readJSON readJSONSync'.split(' ').map((name) => [name, 'read'] as const),
	...'outputFile outputFileSync outputJson outputJsonSync writeJson writeJsonSync'.split(' ').map((name) => [name, 'write'] as const),
	...'ensureDir ensureDirSync mkdirp mkdirs mkdirsSync'.split(' ').map((name) => [name, 'make-directory'] as const),
];

/** By module and dotted member (`''` is the module itself). Node.js API and the packages that wrap it. */
const calls: ReadonlyMap<string, ReadonlyMap<string, CallMeaning>> = new Map([
	[
		'child_process',
		new Map<string, CallMeaning>([
			['exec', 'shell-command'],
			['execSync', 'shell-command'],
			['fork', 'module'],
			...Object.entries(programs),
		]),
	],
	['fs', new Map(files)],
	['fs/promises', new Map(files)],
	['fs-extra', new Map([...files, ...fileExtras])],
	['graceful-fs', new Map(files)],
	['worker_threads', new Map<string, CallMeaning>([['Worker', 'module']])],
	[
		'cross-spawn',
		new Map<string, CallMeaning>([
			['', 'program'],
			['spawn', 'program'],
			['sync', 'program'],
		]),
	],
	[
		'execa',
		new Map<string, CallMeaning>([
			['', 'program'],
			['execa', 'program'],
			['execaSync', 'program'],
			['sync', 'program'],
			['command', 'command-line'],
			['execaCommand', 'command-line'],
			['execaCommandSync', 'command-line'],
			['commandSync', 'command-line'],
			['shell', 'shell-command'],
		]),
	],
	['shelljs', new Map<string, CallMeaning>([['exec', 'shell-command']])],
	[
		'bun',
		new Map<string, CallMeaning>([
			['spawn', 'program-list'],
			['spawnSync', 'program-list'],
			['file', 'read'],
		]),
	],
	[
		'deno',
		new Map<string, CallMeaning>([
			['readTextFile', 'read'],
			['readFile', 'read'],
			['Command', 'program'],
		]),
	],
]);

export function meaningOf(module: string, members: readonly string[]): CallMeaning | undefined {
	return calls.get(module)?.get(members.join('.'));
}
