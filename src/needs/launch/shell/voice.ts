import type { Dialect, Script } from './state.ts';

/** How the shell words a failure; checked against dash 0.5.12, bash 5.2 and BusyBox 1.35. */
export type Trouble = 'not-found' | 'denied' | 'no-interpreter';

export interface Saying {
	readonly line: number;
	/** By `exec`. */
	readonly exec: boolean;
	/** The command as written. */
	readonly name: string;
}

export function notStarted(script: Script, trouble: Trouble, { line, exec, name }: Saying): string {
	const words = trouble === 'denied' ? 'Permission denied' : missing(script.dialect, trouble, name, exec);
	const byExec = exec && (script.dialect !== 'bash' || !name.includes('/'));
	return `${head(script, line, byExec)}${name}: ${words}`;
}

function missing(dialect: Dialect, trouble: Trouble, name: string, exec: boolean): string {
	if (dialect !== 'bash') return 'not found';
	if (trouble === 'no-interpreter') return 'cannot execute: required file not found';
	if (name.includes('/')) return 'No such file or directory';
	return exec ? 'not found' : 'command not found';
}

function head({ dialect, path, shell }: Script, line: number, exec: boolean): string {
	const inline = path === '-c';
	const name = inline ? shell : path;
	if (dialect === 'dash' || dialect === 'other') return `${name}: ${line}: ${exec ? 'exec: ' : ''}`;
	if (dialect === 'busybox') {
		const at = inline ? '' : `line ${line}: `;
		return exec ? `${name}: exec: line ${inline ? 0 : line}: ` : `${name}: ${at}`;
	}
	return `${name}: ${inline ? '' : `line ${line}: `}${exec ? 'exec: ' : ''}`;
}

export function said(script: Script, line: number, words: string): string {
	return head(script, line, false) + words;
}
