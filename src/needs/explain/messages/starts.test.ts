import { explains, glibcProgram, muslLoader, type Row, script, shell } from '../../../../test/support/explained.ts';
import { program } from '../../../../test/support/program.ts';
import { dir } from '../../../../test/support/rootfs.ts';

const rows: readonly Row[] = [
	{
		title: 'a file that is there, for another libc',
		message: 'exec /app: no such file or directory',
		tree: { '/app': glibcProgram, ...muslLoader },
		says: ['start-missing', 'holds', /^exec \/app: no such file or directory$/],
		hint: /its loader \/lib64\/ld-linux-x86-64\.so\.2 \(glibc\) is not: this base has musl/,
	},
	{
		title: 'a file that is not there',
		message: 'exec /srv/app: no such file or directory',
		tree: { '/opt/app': program('') },
		says: ['start-missing', 'holds', /^\/srv\/app is not in the image$/],
		hint: /name \/opt\/app/,
	},
	{
		title: 'a script without its interpreter',
		message: 'exec /entry.sh: no such file or directory',
		tree: { '/entry.sh': script('#!/bin/bash\nexec app\n'), ...shell },
		says: ['start-missing', 'holds', /^\/entry\.sh is there, but \/bin\/bash, which its first line names, cannot be started$/],
		hint: /take a base with bash/,
	},
	{
		title: 'line ends of Windows',
		message: 'exec /entry.sh: no such file or directory',
		tree: { '/entry.sh': script('#!/bin/sh\r\nexec app\r\n'), ...shell },
		says: ['start-missing', 'holds', /line ends of Windows/],
		hint: /gitattributes/,
	},
	{
		title: 'nothing is wrong with it',
		message: 'exec /app: no such file or directory',
		tree: { '/app': program('') },
		says: ['start-missing', 'fails', /^\/app cannot be started$/],
	},
	{
		title: 'an old engine names nothing: what the image starts is looked at',
		message: 'standard_init_linux.go:228: exec user process caused: no such file or directory',
		tree: { '/app': glibcProgram, ...muslLoader },
		config: { entrypoint: ['/app'] },
		says: ['start-missing', 'holds', /^exec \/app: no such file or directory$/],
	},
	{
		title: 'a program outside of PATH',
		message: 'exec: "tool": executable file not found in $PATH: unknown',
		tree: { '/opt/tool/bin/tool': program('') },
		says: ['program-missing', 'holds', /not in a directory of PATH/],
		hint: /start \/opt\/tool\/bin\/tool/,
	},
	{
		title: 'no shell',
		message: 'OCI runtime exec failed: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown',
		says: ['program-missing', 'holds', /^\/bin\/sh is not in the image$/],
		hint: /the image has no shell/,
	},
	{
		title: 'a shell misses a program',
		message: '/bin/sh: 1: curl: not found',
		tree: shell,
		says: ['program-missing', 'holds', /^curl is not in the image$/],
		hint: /copy curl/,
	},
	{
		title: 'Node.js misses a program',
		message: 'Error: spawn git ENOENT',
		says: ['program-missing', 'holds', /^git is not in the image$/],
	},
	{
		title: 'a command for the ENTRYPOINT of another base',
		message: 'exec: "server.js": executable file not found in $PATH: unknown',
		tree: { '/app/server.js': 'x' },
		config: { workingDir: '/app', command: ['server.js'] },
		says: ['program-missing', 'holds', /^server\.js is a file for an interpreter, not a program$/],
	},
	{
		title: 'no execute bit',
		message: 'exec: "/app/run.sh": permission denied: unknown',
		tree: { '/app/run.sh': '#!/bin/sh\n', ...shell },
		says: ['permission', 'holds', /is there but may not be executed$/],
		hint: /--chmod=755/,
	},
	{
		title: 'a directory that belongs to root',
		message: "Error: EACCES: permission denied, open '/app/data.json'",
		tree: { '/app/': dir({ mode: 0o755 }) },
		config: { user: '1000' },
		says: ['permission', 'holds', /^\/app may not be written by the user$/],
		hint: /--chown=1000:0/,
	},
	{
		title: 'the image closes nothing',
		message: "PermissionError: [Errno 13] Permission denied: '/tmp/x'",
		config: { user: '1000' },
		says: ['permission', 'fails', /the image itself closes/],
	},
	{
		title: 'a low port',
		message: 'Error: listen EACCES: permission denied 0.0.0.0:80',
		config: { user: '1000' },
		says: ['low-port', 'holds', /not root/],
		hint: /-p 80:8080/,
	},
	{
		title: 'a low port, as Go words it',
		message: 'listen tcp :443: bind: permission denied',
		config: { user: '1000' },
		says: ['low-port', 'holds', /not root/],
	},
	{
		title: 'an empty first line',
		message: 'exec /run.sh: exec format error',
		tree: { '/run.sh': script('\n#!/bin/sh\n') },
		says: ['exec-format', 'holds', /neither a program/],
	},
	{
		title: 'another machine',
		message: 'exec /app: exec format error',
		tree: { '/app': program('') },
		says: ['exec-format', 'fails', /cannot be started/],
	},
	{
		title: 'a glibc that is too old',
		message: "/app: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /app)",
		tree: {
			'/app': glibcProgram,
			'/lib/libc.so.6': program('', {
				facts: { type: 'shared', versionDefinitions: ['GLIBC_2.2.5', 'GLIBC_2.36', 'GLIBC_2.4', 'GLIBC_PRIVATE'] },
			}),
		},
		says: ['library-version', 'holds', /\/lib\/libc\.so\.6 does not define GLIBC_2\.38/],
		hint: /newer base/,
	},
	{
		title: 'a library that is not there',
		message: '/app: error while loading shared libraries: libfoo.so.1: cannot open shared object file: No such file or directory',
		tree: { '/app': program('') },
		says: ['library-missing', 'holds', /^libfoo\.so\.1 is not in the image$/],
	},
	{
		title: 'a library where nobody looks',
		message: 'error while loading shared libraries: libfoo.so.1: cannot open',
		tree: { '/opt/lib/libfoo.so.1': program('') },
		says: ['library-missing', 'holds', /where the loader does not look/],
		hint: /ldconfig/,
	},
	{
		title: 'glibc on musl',
		message: 'Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /app/x.node)',
		tree: { ...muslLoader, '/app/x.node': program('') },
		says: ['library-missing', 'holds', /built for glibc, and this image has musl/],
	},
	{
		title: 'a symbol that musl has not',
		message: 'Error relocating /app: __memcpy_chk: symbol not found',
		tree: { ...muslLoader, '/app': program('') },
		says: ['symbol', 'holds', /no library of the image defines __memcpy_chk/],
	},
];

explains(rows);
