import { explains, type Row, shell } from '../../../../test/support/explained.ts';
import { program } from '../../../../test/support/program.ts';
import { dir, link } from '../../../../test/support/rootfs.ts';

const rows: readonly Row[] = [
	{
		title: 'ENTRYPOINT is node already',
		message: "Error: Cannot find module '/app/node'",
		config: { entrypoint: ['/nodejs/bin/node'], command: ['node', 'server.js'] },
		says: ['node-module', 'holds', /^the ENTRYPOINT is the runtime already, so it takes "node" for a script in \/app\/$/],
		hint: /let CMD name the script alone/,
	},
	{
		title: 'a variant for another libc',
		message: "Error: Cannot find module '@rollup/rollup-linux-x64-musl'",
		tree: { '/app/node_modules/@rollup/rollup-linux-x64-gnu/': dir() },
		says: ['node-module', 'holds', /other variants of it are/],
	},
	{
		title: 'a package that was not installed',
		message: "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /app/server.js",
		says: ['node-module', 'holds', /^express is not in the image$/],
	},
	{
		title: 'Python of another minor version',
		message: "ModuleNotFoundError: No module named 'yaml'",
		tree: {
			'/usr/bin/python3.13': program(''),
			'/usr/bin/python3': link('python3.13'),
			'/usr/lib/python3.11/site-packages/yaml/__init__.py': '',
		},
		says: ['python-module', 'holds', /installed for Python 3\.11, and this image has Python 3\.13/],
	},
	{
		title: 'classes for a newer Java',
		message:
			'java.lang.UnsupportedClassVersionError: shop/Main has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0',
		tree: { '/opt/java/bin/java': program(''), '/opt/java/release': 'JAVA_VERSION="17.0.9"\n' },
		config: { env: [{ name: 'PATH', value: '/opt/java/bin' }] },
		says: ['java', 'holds', /^this image has Java 17, and Java 21 is needed$/],
	},
	{
		title: 'no authorities',
		message: 'Get "https://x/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
		says: ['certificates', 'holds', /has no certificate authorities/],
		hint: /ca-certificates/,
	},
	{
		title: 'authorities that are there',
		message: 'x509: certificate signed by unknown authority',
		tree: { '/etc/ssl/certs/ca-certificates.crt': 'x' },
		says: ['certificates', 'fails', /has no certificate authorities/],
	},
	{ title: 'no zones', message: 'panic: unknown time zone Europe/Berlin', says: ['time-zone', 'holds', /no zone database/] },
	{
		title: 'a zone that is there',
		message: 'unknown time zone Europe/Berlin',
		tree: { '/usr/share/zoneinfo/Europe/Berlin': 'TZif' },
		says: ['time-zone', 'fails', /not in the image/],
	},
	{
		title: 'a user by name',
		message: 'docker: Error response from daemon: unable to find user node: no matching entries in passwd file.',
		tree: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n' },
		says: ['user', 'holds', /^node is not in the image$/],
		hint: /USER 1000:1000/,
	},
	{
		title: 'no ICU',
		message: "Process terminated. Couldn't find a valid ICU package installed on the system.",
		says: ['locale', 'holds', /has no ICU/],
		hint: /INVARIANT=1/,
	},
	{
		title: 'a framework of another version',
		message: "Framework: 'Microsoft.NETCore.App', version '9.0.0' (x64)",
		tree: { '/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.4/': dir() },
		says: ['dotnet-framework', 'holds', /9\.0\.0 is not in the image/],
	},
	{
		title: 'a read-only root',
		message: "OSError: [Errno 30] Read-only file system: '/app/log'",
		says: ['read-only', 'unknown', /read-only root/],
		hint: /tmpfs/,
	},
	{
		title: 'a script for bash',
		message: '/entry.sh: 2: set: Illegal option -o pipefail',
		tree: shell,
		says: ['shell-dialect', 'holds', /\/bin\/sh is \/bin\/dash/],
	},
	{
		title: 'a file that is elsewhere',
		message: "FileNotFoundError: [Errno 2] No such file or directory: '/etc/app.ini'",
		tree: { '/conf/app.ini': 'x' },
		says: ['file-missing', 'holds', /^\/etc\/app\.ini is not in the image$/],
		hint: /it lies at \/conf\/app\.ini/,
	},
];

explains(rows);
