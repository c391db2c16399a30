import { type CapabilityName, listeners } from '../model/capability.ts';
import type { Way } from '../model/surface.ts';
import { privilegedWays } from './privileged-ways.ts';
import { type Tool, type Tools, wayOf } from './tools.ts';

/** Shows the system rather than what runs on it. */
const notProcesses: ReadonlySet<string> = new Set(
	'dmesg hostname id journalctl last lsblk lscpu lslocks lsmod slabtop sysctl uname users vmstat w who whoami'.split(' '),
);

/** By which programs each thing is done, most telling first; see docs/methods/capabilities.md. */
export const capabilityWays: Readonly<Record<CapabilityName, (tools: Tools) => readonly Way[]>> = {
	'run-commands': ({ shells, languages, sh }) => [
		...shells.map((tool) => wayOf(tool, 'a shell')),
		...languages.filter((tool) => starts(tool, sh)).map((tool) => wayOf(tool, `${code(tool)} and starts further programs`)),
	],
	download: (tools) => [
		// the small package managers of BusyBox only unpack
		...utilities(tools, 'download', 'fetches files').filter(({ through }) => !/ (?:dpkg|rpm)$/.test(through)),
		...connecting(tools, 'can connect and read what comes'),
	],
	exfiltrate: (tools) => [...utilities(tools, 'upload', 'sends data'), ...connecting(tools, 'can connect and send')],
	'reverse-shell': (tools) => [
		...connecting(tools, 'can connect and run what it is sent', ({ powers }) => powers?.starts === 'itself' || tools.sh),
		...withShell(tools, ({ uses }) => uses.includes('connect') && uses.includes('download') && !uses.includes('install')),
	],
	'bind-shell': (tools) => [
		...languagesAndShells(tools)
			.filter((tool) => tool.powers?.listens !== undefined && starts(tool, tools.sh))
			.map((tool) => wayOf(tool, `${code(tool)}, can wait for a connection and run what it is sent`, tool.powers?.listens)),
		...withShell(tools, ({ name }) => listeners.has(name)),
	],
	scan: (tools) => [
		...utilities(tools, 'scan', 'looks at the network'),
		...connecting(tools, 'can try addresses and ports'),
		...tools.utilities
			.filter(({ uses }) => uses.includes('connect') && !uses.includes('scan'))
			.map((tool) => wayOf(tool, 'tells by its connection whether somebody is there')),
	],
	compile: ({ compilers }) => compilers.map((tool) => wayOf(tool, 'turns source text into programs')),
	'install-packages': ({ managers }) => managers.map((tool) => wayOf(tool, 'a package manager')),
	escalate: privilegedWays,
	'read-processes': (tools) => [
		...tools.utilities
			.filter(({ uses, name }) => uses.includes('inspect-processes') && !notProcesses.has(name))
			.map((tool) => wayOf(tool, 'looks at processes')),
		...languagesAndShells(tools).map((tool) => wayOf(tool, 'reads /proc')),
		...tools.utilities.filter(({ uses }) => uses[0] === 'read-files').map((tool) => wayOf(tool, 'reads files, also those of /proc')),
	],
	persist: (tools) => [
		...utilities(tools, 'persist', 'starts programs later, or keeps them when its caller is gone', (uses) => !uses.includes('escalate')),
		...languagesAndShells(tools)
			.filter((tool) => tool.powers?.starts === 'itself')
			.map((tool) => wayOf(tool, 'leaves a program in the background')),
		...utilities(tools, 'persist', 'makes an account, or gives one rights', (uses) => uses.includes('escalate')),
	],
};

function starts({ powers }: Tool, sh: boolean): boolean {
	return powers?.starts === 'itself' || (powers?.starts === 'sh' && sh);
}

function code({ powers }: Tool): string {
	return powers?.needsFile === true ? 'runs code from a file that it is given' : 'runs the code it is given';
}

function languagesAndShells({ shells, languages }: Tools): readonly Tool[] {
	return [...shells, ...languages];
}

function utilities(tools: Tools, use: string, because: string, also: (uses: readonly string[]) => boolean = () => true): readonly Way[] {
	return tools.utilities.filter(({ uses }) => uses.includes(use) && also(uses)).map((tool) => wayOf(tool, because));
}

function connecting(tools: Tools, because: string, also: (tool: Tool) => boolean = () => true): readonly Way[] {
	return languagesAndShells(tools)
		.filter((tool) => tool.powers?.connects !== undefined && also(tool))
		.map((tool) =>
			wayOf(tool, tool.powers?.needsFile === true ? `${because}, with ${code(tool).replace('runs ', '')}` : because, tool.powers?.connects),
		);
}

/** A connection and a shell, joined by pipes, are a shell for whoever is at the other end. */
function withShell(tools: Tools, joins: (tool: Tool) => boolean): readonly Way[] {
	const shell = tools.shells[0];
	if (shell === undefined) return [];
	return tools.utilities.filter(joins).map((tool) => wayOf(tool, `its connection is joined to ${shell.through}`));
}
