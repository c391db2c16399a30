import type { Rule } from '../rule.ts';
import { couldNotBeHad } from './could-not-be-had.ts';
import { debugVariant } from './debug-variant.ts';
import { doesNotRun } from './does-not-run.ts';
import { endOfLifeNear } from './end-of-life-near.ts';
import { endOfLifeUnknown } from './end-of-life-unknown.ts';
import { failedWhenRun } from './failed-when-run.ts';
import { fitUnknown } from './fit-unknown.ts';
import { needsChanges } from './needs-changes.ts';
import { notExamined } from './not-examined.ts';
import { notFullySeen } from './not-fully-seen.ts';
import { packageManagerUnwanted } from './package-manager-unwanted.ts';
import { pastEndOfLife } from './past-end-of-life.ts';
import { prerelease } from './prerelease.ts';
import { provedWhenRun } from './proved-when-run.ts';
import { rootUser } from './root-user.ts';
import { sameAsCurrent } from './same-as-current.ts';
import { sameImage } from './same-image.ts';
import { shellUnwanted } from './shell-unwanted.ts';
import { shellWanted } from './shell-wanted.ts';
import { undecidedWhenRun } from './undecided-when-run.ts';

/** The table of rules, heaviest first: of two bases that are held back, the one whose first rule stands lower is better. */
export const rules: readonly Rule[] = [
	couldNotBeHad,
	notExamined,
	doesNotRun,
	failedWhenRun,
	fitUnknown,
	sameImage,
	undecidedWhenRun,
	pastEndOfLife,
	shellUnwanted,
	shellWanted,
	packageManagerUnwanted,
	notFullySeen,
	prerelease,
	debugVariant,
	provedWhenRun,
	needsChanges,
	rootUser,
	endOfLifeNear,
	endOfLifeUnknown,
	sameAsCurrent,
];
