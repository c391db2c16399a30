/** What a call of a function does with its arguments. */
export type CallMeaning =
	/** argument 0 is a command for a shell */
	| 'shell-command'
	/** argument 0 is a list or one program; `shell=True` makes it a command for a shell */
	| 'subprocess'
	/** argument 0 is a program, the rest are its arguments */
	| 'program'
	/** argument 1 is a program */
	| 'program-second'
	/** argument 0 is a file that is opened, argument 1 the mode */
	| 'open'
	/** argument 0 is a directory that is made */
	| 'mkdir'
	/** argument 0 is a directory that is made, with those above it */
	| 'makedirs'
	| 'read'
	/** argument 0 is a URL or nothing that is known */
	| 'https'
	/** connects with TLS, trusting the authorities of the system */
	| 'tls'
	| 'zone'
	| 'locale'
	/** asks for the name of the user */
	| 'account'
	/** argument 0 is the number of a user whose entry is asked for */
	| 'account-of'
	/** argument 0 is a module that is imported */
	| 'import';

const all = (meaning: CallMeaning, names: string): readonly (readonly [string, CallMeaning])[] =>
	names.split(' ').map((name) => [name, meaning]);

/** By full name. Python library reference; the packages that wrap it where they are as common as it. */
export const pythonCalls: ReadonlyMap<string, CallMeaning> = new Map([
	...all('shell-command', 'os.system os.popen subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell'),
	...all('subprocess', 'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen'),
	...all('program', 'asyncio.create_subprocess_exec os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe'),
	...all('program', 'os.posix_spawn os.posix_spawnp'),
	...all('program-second', 'os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe'),
	...all('open', 'open io.open codecs.open'),
	...all('mkdir', 'os.mkdir'),
	...all('makedirs', 'os.makedirs'),
	...all('read', 'os.listdir os.scandir os.readlink pathlib.Path.read_text linecache.getline'),
	...all('https', 'urllib.request.urlopen'),
	...all('tls', 'ssl.create_default_context http.client.HTTPSConnection smtplib.SMTP_SSL imaplib.IMAP4_SSL poplib.POP3_SSL ftplib.FTP_TLS'),
	...all('tls', 'aiohttp.ClientSession aiohttp.request urllib3.PoolManager urllib3.request websockets.connect asyncpg.connect'),
	...all('zone', 'zoneinfo.ZoneInfo backports.zoneinfo.ZoneInfo'),
	...all('locale', 'locale.setlocale'),
	...all('account', 'getpass.getuser'),
	...all('account-of', 'pwd.getpwuid'),
	...all('import', 'importlib.import_module __import__'),
]);

/** Modules whose use needs a program: GitPython looks for git when it is imported. */
export const programsOfModules: ReadonlyMap<string, string> = new Map([['git', 'git']]);
