/** What somebody who may start programs of an image wants to do next, in the order of an attack. */
export const capabilityTitles = {
	'run-commands': 'run commands',
	download: 'fetch a file',
	exfiltrate: 'send data out',
	'reverse-shell': 'open a reverse shell',
	'bind-shell': 'open a bind shell',
	scan: 'scan the network',
	compile: 'compile programs',
	'install-packages': 'install packages',
	escalate: 'gain rights',
	'read-processes': 'read other processes',
	persist: 'keep something running',
} as const;
export type CapabilityName = keyof typeof capabilityTitles;
export const capabilityNames = Object.keys(capabilityTitles) as readonly CapabilityName[];

/**
 * What a shell or a language really allows whoever may start it. What is counted in an image and what a rehearsal tries
 * there both rest on this table.
 */
export interface Powers {
	/** How it starts other programs: by itself, or only through /bin/sh (system(3), popen(3)). */
	readonly starts?: 'itself' | 'sh';
	/** With what it opens a connection to elsewhere: `net`, `/dev/tcp`. */
	readonly connects?: string;
	/** With what it waits for a connection. */
	readonly listens?: string;
	/** With what it opens raw sockets, where it has the right. */
	readonly rawSockets?: string;
	/** It takes compiled code from a file rather than text as an argument. */
	readonly needsFile?: true;
}

const plainShell: Powers = { starts: 'itself' };
const socket = (connects: string, raw?: string): Powers => ({
	starts: 'itself',
	connects,
	listens: connects,
	...(raw === undefined ? {} : { rawSockets: raw }),
});
const fromFile = (connects: string): Powers => ({ starts: 'itself', connects, listens: connects, needsFile: true });

/** By plain name (`python` for `python3.11`). What is no more than a shell is left out: see `powersOf`. */
const powers: ReadonlyMap<string, Powers> = new Map<string, Powers>([
	// shells with connections of their own
	['bash', { starts: 'itself', connects: '/dev/tcp' }],
	['elvish', plainShell],
	['ksh', { starts: 'itself', connects: '/dev/tcp' }],
	['nu', { starts: 'itself', connects: 'http' }],
	['pwsh', socket('System.Net.Sockets')],
	['xonsh', socket('socket', 'socket')],
	['zsh', { starts: 'itself', connects: 'zsh/net/tcp', listens: 'zsh/net/tcp' }],

	['awk', { starts: 'sh' }],
	['bun', socket('Bun.connect')],
	['deno', socket('Deno.connect')],
	['dotnet', fromFile('System.Net.Sockets')],
	['erl', socket('gen_tcp')],
	['gawk', { starts: 'sh', connects: '/inet/tcp', listens: '/inet/tcp' }],
	['gjs', socket('Gio')],
	['groovy', socket('java.net')],
	['guile', socket('socket')],
	['java', fromFile('java.net')],
	['julia', socket('Sockets')],
	['lua', { starts: 'sh' }],
	['luajit', { starts: 'sh' }],
	['mawk', { starts: 'sh' }],
	['mono', fromFile('System.Net.Sockets')],
	['nawk', { starts: 'sh' }],
	['node', socket('net')],
	['ocaml', { starts: 'sh' }],
	['octave', { starts: 'sh', connects: 'urlread' }],
	['perl', socket('socket', 'socket')],
	['php', socket('stream_socket')],
	['pypy', socket('socket', 'socket')],
	['python', socket('socket', 'socket')],
	['qjs', plainShell],
	['R', socket('socketConnection')],
	['racket', socket('racket/tcp')],
	['ruby', socket('socket', 'socket')],
	['tclsh', socket('socket')],
	['wish', socket('socket')],
]);

/** Of a counted shell or interpreter; every one of them starts programs, unless the table says how it does not. */
export function powersOf(name: string): Powers {
	const plain = name === 'nodejs' ? 'node' : name.replace(/-?\d[\d.]{0,8}$/, '');
	return powers.get(name) ?? powers.get(plain) ?? plainShell;
}

/** Programs that wait for a connection and serve whoever comes, other than languages. */
export const listeners: ReadonlySet<string> = new Set(
	'chisel dropbear dropbearmulti faketelnetd httpd inetd nc ncat netcat openssl socat sshd stunnel tcpsvd telnetd udpsvd websocat'.split(
		' ',
	),
);
