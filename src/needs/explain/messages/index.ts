import type { MessageKind } from '../message-kind.ts';
import { certificates } from './certificates.ts';
import { dotnetFramework } from './dotnet.ts';
import { execFormat } from './exec-format.ts';
import { fileMissing } from './file-missing.ts';
import { java } from './java.ts';
import { libraryMissing } from './library-missing.ts';
import { libraryVersion } from './library-version.ts';
import { localeData } from './locale.ts';
import { lowPort } from './low-port.ts';
import { nodeAddon } from './node-addon.ts';
import { nodeModule } from './node-module.ts';
import { permission } from './permission.ts';
import { programMissing } from './program-missing.ts';
import { pythonModule } from './python-module.ts';
import { readOnly } from './read-only.ts';
import { shellDialect } from './shell-dialect.ts';
import { startMissing } from './start-missing.ts';
import { symbol } from './symbol.ts';
import { timeZone } from './time-zone.ts';
import { user } from './user.ts';

/** The kinds of message; the first that knows a line explains it. */
export const messageKinds: readonly MessageKind[] = [
	libraryVersion,
	symbol,
	libraryMissing,
	execFormat,
	programMissing,
	startMissing,
	lowPort,
	permission,
	nodeAddon,
	nodeModule,
	pythonModule,
	java,
	dotnetFramework,
	certificates,
	timeZone,
	localeData,
	user,
	readOnly,
	shellDialect,
	fileMissing,
];
