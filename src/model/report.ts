import type { EndOfLife, Profile } from './base.ts';
import type { DebugReport } from './debug-report.ts';
import type { Evidence } from './evidence.ts';
import type { ExplainReport } from './explain-report.ts';
import type { ImageConfig } from './image.ts';
import type { FitAnswer } from './need.ts';
import type { Libc, Package } from './package.ts';
import type { Problem } from './problem.ts';
import type { CapabilityAnswer, Count, Coverage, Origin, Software, Surface, Tier } from './surface.ts';
import type { Certainty, Verdict } from './verdict.ts';

/**
 * The reports as `--format json` prints them: a public contract. Names are fixed; adding one raises the minor number,
 * changing or dropping one the major number.
 */
export const schemaVersion = '1.1';

export interface ReportHead<Kind extends string> {
	readonly schemaVersion: string;
	readonly kind: Kind;
	/** What could not be read or is not as it should be; the report is partial where there are any. */
	readonly problems: readonly Problem[];
}

export interface ReportedImage {
	/** As the user wrote it. */
	readonly reference: string;
	readonly digest?: string;
	/** os/architecture[/variant] */
	readonly platform: string;
	/** Bytes; `compressed` as stored or transferred, absent where the source stores no layers. */
	readonly sizeBytes: { readonly compressed?: number; readonly uncompressed: number };
	readonly layers: readonly {
		readonly digest?: string;
		readonly diffId?: string;
		readonly sizeBytes: number;
		readonly createdBy?: string;
	}[];
	/** An allow-list: environment values are left out, they may hold secrets. */
	readonly config: Pick<ImageConfig, 'user' | 'entrypoint' | 'command' | 'workingDir' | 'exposedPorts' | 'volumes'> & {
		readonly envNames: readonly string[];
		readonly healthcheck?: readonly string[];
		readonly stopSignal?: string;
		readonly shell?: readonly string[];
	};
}

export interface ReportedSystem {
	readonly id: string;
	readonly versionId?: string;
	readonly name?: string;
	readonly tier: Tier;
	readonly tierBecause: readonly string[];
	readonly libc: Pick<Libc, 'family' | 'version' | 'loader'>;
	readonly endOfLife: readonly EndOfLife[];
}

export interface ReportedPackage extends Omit<Package, 'architecture' | 'files'> {
	/** Whether most of its files lie in layers of the base or above; absent where that is not known. */
	readonly origin?: Origin;
}

/** What an image is called or says of itself, against what is there. */
export interface ReportedClaim {
	/** `distroless`, `alpine`, `nonroot`, `no-shell`, `slim`, `debug`, a C library, a release. */
	readonly claim: string;
	readonly by: 'tag' | 'label' | 'annotation' | 'name' | 'dockerfile';
	readonly answer: Verdict;
	readonly because: string;
}

/** Which known image this one stands on. `holds`: its layers prove one; otherwise what is possible is listed, none preferred. */
export interface ReportedBase {
	readonly answer: Verdict;
	readonly candidates: readonly {
		readonly reference: string;
		/** How many of the lowest layers are its; 0 where only the image itself names it. */
		readonly layers: number;
		readonly because: string;
	}[];
	readonly because: string;
}

/** `inspect` without its package list: one column of `compare`. */
export interface ImageReport {
	readonly image: ReportedImage;
	readonly system: ReportedSystem;
	readonly surface: Surface;
	readonly coverage: Coverage;
	/** What somebody can do here, and by which files. Since 1.1. */
	readonly capabilities?: readonly CapabilityAnswer[];
	/** Since 1.1. */
	readonly claims?: readonly ReportedClaim[];
	/** Absent where there are no layers to tell it by. Since 1.1. */
	readonly base?: ReportedBase;
	/** Software told by its own bytes, also outside of any package database. Since 1.1. */
	readonly software?: readonly Software[];
	/** What takes the room, largest first; together the surface's bytes. Since 1.1. */
	readonly space?: readonly Space[];
}

/** Bytes of regular files, each file once: by package, and by directory (at most three deep) where no package owns them. */
export interface Space {
	/** A package, a directory, or of the many small ones what they are. */
	readonly name: string;
	readonly kind: 'package' | 'directory' | 'rest';
	readonly bytes: number;
	readonly files: number;
}

export interface InspectReport extends ReportHead<'inspect'>, ImageReport {
	readonly packages: readonly ReportedPackage[];
}

/** One metric over all images; `null` where an image could not be measured, `atLeast` where a blind spot hides more. */
export interface CompareRow {
	readonly metric: string;
	readonly unit: 'count' | 'bytes';
	readonly values: readonly (number | null)[];
	readonly atLeast: readonly boolean[];
}

/** What goes and what comes from one image to the next along the spectrum. */
export interface Difference {
	readonly from: string;
	readonly to: string;
	readonly metric: string;
	readonly gone: readonly string[];
	readonly added: readonly string[];
	/** Same name, other version: `name 1 → 2`. */
	readonly changed?: readonly string[];
}

export interface CompareReport extends ReportHead<'compare'> {
	/** In the order of the spectrum, largest first. */
	readonly images: readonly ImageReport[];
	readonly rows: readonly CompareRow[];
	readonly differences: readonly Difference[];
}

export interface ReportedApplication {
	readonly name: string;
	readonly origin: 'directory' | 'image';
	readonly reference: string;
	readonly dockerfile?: string;
	readonly currentBase?: { readonly reference: string; readonly because: Evidence };
	/** Regular files that the application adds to its base. */
	readonly files: number;
	readonly unseen: readonly Problem[];
}

export interface ReportedNeed {
	readonly kind: string;
	readonly what: string;
	readonly certainty: Certainty;
	readonly because: readonly Evidence[];
}

export interface NeedsReport extends ReportHead<'needs'> {
	readonly application: ReportedApplication;
	readonly needs: readonly ReportedNeed[];
}

export interface ReportedCheck {
	readonly need: ReportedNeed;
	readonly answer: Verdict;
	readonly because: readonly Evidence[];
	/** The essential part of what the loader, runtime or engine would have said. */
	readonly message?: string;
	readonly hint?: string;
}

export interface ReportedChange {
	readonly what: string;
	readonly because: string;
	readonly patch?: string;
}

export interface ReportedFit {
	readonly reference: string;
	readonly answer: FitAnswer;
	readonly checks: readonly ReportedCheck[];
	readonly changes: readonly ReportedChange[];
	/** One unified diff of the Dockerfile with all changes. */
	readonly patch?: string;
	/** Why there is no answer: the base could not be had. */
	readonly failed?: { readonly code: string; readonly message: string };
}

export interface FitReport extends ReportHead<'fit'> {
	readonly application: ReportedApplication;
	readonly bases: readonly ReportedFit[];
}

export interface ReportedCandidate {
	readonly reference: string;
	readonly from: 'current' | 'family' | 'configuration' | 'command-line';
	readonly digest?: string;
	readonly system?: { readonly id: string; readonly versionId?: string; readonly name?: string; readonly libc: string };
	readonly tier?: Tier;
	readonly fit?: ReportedFit;
	/** Counts; items only where the list is short by nature (shells, package managers, interpreters, compilers, setuid). */
	readonly surface?: Surface;
	/** Per metric: what it offers beyond the needs. */
	readonly excess?: Readonly<Record<string, number>>;
	readonly endOfLife: readonly EndOfLife[];
	/** 1 is best; absent when it is out. */
	readonly rank?: number;
	/** Why it was tried, then each rule that spoke about it. */
	readonly because: readonly string[];
	readonly trace: readonly { readonly rule: string; readonly effect: 'out' | 'held-back' | 'kept'; readonly because: string }[];
	/** With --verify: what happened when it was really built and run there; absent when it was not its turn. */
	readonly verification?: ReportedVerification;
	readonly failed?: { readonly code: string; readonly message: string };
}

/** One line of what goes: the metric, how many less, and names where there are few. */
export interface Loss {
	readonly metric: string;
	readonly before: number;
	readonly after: number;
	readonly gone: readonly string[];
}

export interface ChooseReport extends ReportHead<'choose'> {
	readonly application: ReportedApplication;
	readonly profile: Profile;
	readonly needs: readonly ReportedNeed[];
	/** Reference of the base it stands on today; its row is among the candidates. */
	readonly current?: string;
	readonly candidates: readonly ReportedCandidate[];
	readonly recommendation?: {
		readonly reference: string;
		readonly tier: Tier;
		readonly because: readonly string[];
		readonly changes: readonly ReportedChange[];
		readonly patch?: string;
		/** The Dockerfile that the patch was applied to, with --write. */
		readonly written?: string;
		/** Against the current base, when that could be measured. */
		readonly losses: readonly Loss[];
		/** What a smaller base does not cover. */
		readonly notCovered: readonly string[];
		/** The cheapest change that would unlock the next smaller base. */
		readonly next?: { readonly reference: string; readonly change: string };
		/** The next smaller base, rejected, and the next larger one, not needed; with why. */
		readonly neighbours?: readonly { readonly reference: string; readonly side: 'smaller' | 'larger'; readonly because: string }[];
	};
	readonly noneBecause?: string;
	/** With --verify. */
	readonly proof?: {
		readonly engine: { readonly name: string; readonly version: string };
		/** References in the order in which they were tried: best first, until one held. */
		readonly tried: readonly string[];
		/** Where the static proof said one thing and the engine another: a defect of ours, or something that only shows when it runs. */
		readonly disagreements: readonly {
			readonly reference: string;
			readonly fit: FitAnswer;
			readonly answer: Verdict;
			readonly because: string;
		}[];
	};
}

export interface ReportedBuild {
	readonly answer: Verdict;
	/** How it was put on the base. */
	readonly how: 'build-arg' | 'final-from' | 'patch';
	readonly because: string;
	readonly durationMs: number;
	/** The builder's last words, when it failed. */
	readonly output: string;
}

/** The image started as production would start it, looked at from outside. */
export interface ReportedStart {
	readonly answer: Verdict;
	/** What was seen: an answer over HTTP, a health check, its end. */
	readonly because: string;
	/** When it ended. */
	readonly exitCode?: number;
	/** Until it was ready, or was given up. */
	readonly durationMs: number;
	/** The median time of an answer over HTTP once it was ready. */
	readonly respondMs?: number;
	/** What it wrote, and the engine's own message where it could not be started; cut at its beginning. */
	readonly output: string;
}

/** The application's own tests, run in the image. */
export interface ReportedTests {
	readonly answer: Verdict;
	/** The program, then its arguments; empty when there was nothing that could be run. */
	readonly command: readonly string[];
	/** Where the command comes from, or why there is none. */
	readonly because: string;
	readonly exitCode?: number;
	readonly durationMs?: number;
	/** It was ended because it did not end by itself in time. */
	readonly timedOut?: boolean;
	/** They ran in a container of this image, which shared the network of the application, and not in the application's own. */
	readonly outside?: string;
	/** Both outputs, cut at the beginning. */
	readonly output: string;
}

export interface ReportedVerification {
	readonly reference: string;
	/** `fails` only where the current base does better: what fails on both is not the base's fault, and `unknown`. */
	readonly answer: Verdict;
	readonly because: string;
	readonly build?: ReportedBuild;
	readonly start?: ReportedStart;
	readonly tests?: ReportedTests;
	/** The same on the base that the application stands on today. */
	readonly baseline?: { readonly reference: string; readonly answer: Verdict; readonly because: string };
	/** What the static proof says of this base, and whether it was right. */
	readonly fit?: { readonly answer: FitAnswer; readonly agrees: Verdict };
	/** It was found out by an earlier run, then (ISO 8601), and nothing that decides it has changed since. */
	readonly kept?: { readonly at: string };
	/** The file with all that the builder, the application and its tests said. */
	readonly log?: string;
	/** Why there is no answer: the base could not be had. */
	readonly failed?: { readonly code: string; readonly message: string };
}

export interface VerifyReport extends ReportHead<'verify'> {
	readonly application: ReportedApplication;
	readonly engine: { readonly name: string; readonly version: string };
	readonly bases: readonly ReportedVerification[];
}

/** One thing that somebody who got in would try, predicted from what was counted, and really tried. */
export interface ReportedMove {
	/** The kind of thing: `shell`, `download`. */
	readonly name: string;
	/** `/bin/dash`, `curl -s …` */
	readonly what: string;
	readonly capability: string;
	readonly command: readonly string[];
	readonly predicted: 'possible' | 'impossible' | 'unknown';
	/** What the prediction rests on. */
	readonly because: string;
	readonly observed: 'possible' | 'impossible' | 'unknown';
	/** What the engine or the program said, cut. */
	readonly evidence: string;
}

export interface ProbeReport extends ReportHead<'probe'> {
	/** The image or the container, as the user wrote it. */
	readonly target: string;
	/** True: a running container; else throwaway containers of the image. */
	readonly live: boolean;
	readonly engine: { readonly name: string; readonly version: string };
	readonly moves: readonly ReportedMove[];
	/** `fails` when a prediction was wrong, which is a defect of ours; `unknown` when something could not be told. */
	readonly agreement: { readonly answer: Verdict; readonly agree: number; readonly differ: number; readonly unknown: number };
	/** What is possible, and which other layer of defence addresses it. */
	readonly remains: readonly {
		readonly name: string;
		readonly capability: string;
		readonly ways: readonly string[];
		readonly defence: string;
	}[];
}

export type Report =
	| ExplainReport
	| DebugReport
	| ProbeReport
	| VerifyReport
	| InspectReport
	| CompareReport
	| NeedsReport
	| FitReport
	| ChooseReport;

/** A count without its list. */
export function bare(count: Count): Count {
	return { count: count.count, ...(count.atLeast === true ? { atLeast: true } : {}) };
}
