import type { NeedKind } from '../need-kind.ts';
import { build } from './build.ts';
import { certificates } from './certificates.ts';
import { characterSets } from './character-sets.ts';
import { deployment } from './deployment.ts';
import { dotnet } from './dotnet.ts';
import { health } from './health.ts';
import { java } from './java.ts';
import { launch } from './launch.ts';
import { linking } from './linking.ts';
import { locales } from './locales.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { programs } from './programs.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { runtimeFiles } from './runtime-files.ts';
import { timeZones } from './time-zones.ts';
import { user } from './user.ts';

/** The kinds of need; one line each. */
export const needKinds: readonly NeedKind[] = [
	build,
	user,
	launch,
	health,
	deployment,
	linking,
	node,
	python,
	java,
	dotnet,
	php,
	ruby,
	programs,
	runtimeFiles,
	certificates,
	timeZones,
	locales,
	characterSets,
];
