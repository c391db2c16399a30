import type { Move } from '../move.ts';
import { compile } from './compile.ts';
import { credentials } from './credentials.ts';
import { download } from './download.ts';
import { environment } from './environment.ts';
import { escalation } from './escalation.ts';
import { packageManager } from './package-manager.ts';
import { processes } from './processes.ts';
import { rawSocket } from './raw-socket.ts';
import { reverseShell } from './reverse-shell.ts';
import { shell } from './shell.ts';
import { write } from './write.ts';

/** The moves in the order in which they are told; one line each. */
export const moves: readonly Move[] = [
	shell,
	packageManager,
	download,
	reverseShell,
	compile,
	write,
	escalation,
	processes,
	environment,
	credentials,
	rawSocket,
];
