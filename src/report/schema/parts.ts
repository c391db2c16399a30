import type { EndOfLife, Profile } from '../../model/base.ts';
import { capabilityNames } from '../../model/capability.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { BlindSpot, Ecosystem } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type {
	ImageReport,
	ReportedApplication,
	ReportedBase,
	ReportedChange,
	ReportedCheck,
	ReportedClaim,
	ReportedFit,
	ReportedImage,
	ReportedNeed,
	ReportedPackage,
	ReportedSystem,
	Space,
} from '../../model/report.ts';
import {
	type CapabilityAnswer,
	type Count,
	type Coverage,
	type Item,
	type Origin,
	type Software,
	type Surface,
	tiers,
	type Way,
} from '../../model/surface.ts';
import { count, define, flag, form, list, type Node, object, oneOf, table, text } from './node.ts';
import { exactly } from './same.ts';

export const digest = define('Digest', 'sha256 of the bytes it stands for', form('^sha256:[0-9a-f]{64}$'));
const date = form('^\\d{4}-\\d{2}-\\d{2}$');
export const failure = define(
	'Failure',
	'Why something could not be had: a code of docs/errors.md and a message.',
	object({ code: text, message: text }),
);

export const evidence = exactly<Evidence>()(
	define(
		'Evidence',
		'Where a claim can be looked up: a path in the image or the build context, or a name such as "image config".',
		object({ path: text, shows: text }, { line: count, layer: count }),
	),
);

export const problem = exactly<Problem>()(
	define(
		'Problem',
		'Something that could not be read or is not as it should be; what it hides is never counted as 0.',
		object({ code: text, where: text, message: text }),
	),
);

const verdict = oneOf('holds', 'fails', 'unknown');

const origin: Node<Origin> = define('Origin', 'From a layer of the base, or added above it.', oneOf('base', 'added'));

const item = exactly<Item>()(
	define(
		'Item',
		'Something an attacker could use, with how it was found.',
		object({ name: text, because: list(evidence) }, { path: text, version: text, capabilities: list(text), package: text, origin }),
	),
);

const counted = exactly<Count>()(
	define(
		'Count',
		'A number with the list behind it; atLeast when a blind spot may hide more.',
		object({ count }, { atLeast: flag, items: list(item) }),
	),
);

export const numbers = table(count);
const countFields = [{ count }, { atLeast: flag, items: list(item) }] as const;

export const surface = exactly<Surface>()(
	define(
		'Surface',
		'How much of the image serves an attacker.',
		object({
			packages: object({ ...countFields[0], byEcosystem: numbers }, countFields[1]),
			shells: counted,
			packageManagers: counted,
			utilities: object({ ...countFields[0], byCapability: numbers }, countFields[1]),
			interpreters: counted,
			compilers: counted,
			setuid: counted,
			setgid: counted,
			fileCapabilities: counted,
			worldWritable: counted,
			executables: counted,
			libraries: counted,
			files: counted,
			bytes: counted,
		}),
	),
);

const blindSpot = exactly<BlindSpot>()(
	define('BlindSpot', 'Something that hides part of what is counted.', object({ code: text, hides: list(text), message: text })),
);

const coverage = exactly<Coverage>()(
	define(
		'Coverage',
		'What could be seen and what could not.',
		object({
			executables: object({ owned: count, unowned: count }, { unownedItems: list(item) }),
			ghostPackages: counted,
			blindSpots: list(blindSpot),
		}),
	),
);

const way = exactly<Way>()(
	define(
		'Way',
		"How something is done: a program, or through it an applet or a language; inherent when it is the application's own runtime.",
		object({ path: text, through: text, inherent: flag, because: text }, { origin }),
	),
);

const capability = exactly<CapabilityAnswer>()(
	define(
		'Capability',
		'Can somebody who may start programs here do this?',
		object({ name: oneOf(...capabilityNames), title: text, answer: verdict, ways: list(way), because: text }),
	),
);

const software = exactly<Software>()(
	define(
		'Software',
		'Told by its own bytes; without a package it is outside of every database.',
		object({ name: text, path: text, because: list(evidence) }, { version: text, package: text, purl: form('^pkg:'), origin }),
	),
);

const claim = exactly<ReportedClaim>()(
	define(
		'Claim',
		'What the image is called or says of itself, against what is there.',
		object({ claim: text, by: oneOf('tag', 'label', 'annotation', 'name', 'dockerfile'), answer: verdict, because: text }),
	),
);

const base = exactly<ReportedBase>()(
	define(
		'Base',
		'Which known image this one stands on, by its layers.',
		object({ answer: verdict, candidates: list(object({ reference: text, layers: count, because: text })), because: text }),
	),
);

export const endOfLife = exactly<EndOfLife>()(
	define('EndOfLife', 'The last day of free security updates.', object({ what: text, date, past: flag, source: text }, { means: text })),
);

export const tier = define('Tier', 'Told by what is in the image, never by its name.', oneOf(...tiers));

const image = exactly<ReportedImage>()(
	define(
		'Image',
		'The image as it was opened.',
		object(
			{
				reference: text,
				platform: text,
				sizeBytes: object({ uncompressed: count }, { compressed: count }),
				layers: list(object({ sizeBytes: count }, { digest, diffId: digest, createdBy: text })),
				config: object(
					{
						user: text,
						entrypoint: list(text),
						command: list(text),
						workingDir: text,
						exposedPorts: list(text),
						volumes: list(text),
						envNames: list(text),
					},
					{ healthcheck: list(text), stopSignal: text, shell: list(text) },
				),
			},
			{ digest },
		),
	),
);

const system = exactly<ReportedSystem>()(
	define(
		'System',
		'The operating system, told by its files.',
		object(
			{
				id: text,
				tier,
				tierBecause: list(text),
				libc: object({ family: oneOf('glibc', 'musl', 'uclibc', 'bionic', 'none', 'unknown') }, { version: text, loader: text }),
				endOfLife: list(endOfLife),
			},
			{ versionId: text, name: text },
		),
	),
);

const space = exactly<Space>()(
	define(
		'Space',
		'What takes the room: bytes of regular files by package, and by directory where no package owns them.',
		object({ name: text, kind: oneOf('package', 'directory', 'rest'), bytes: count, files: count }),
	),
);

export const imageFields = { image, system, surface, coverage };
export const moreImageFields = {
	capabilities: list(capability),
	claims: list(claim),
	base,
	software: list(software),
	space: list(space),
};
export const imageReport = exactly<ImageReport>()(define('ImageReport', 'One image measured.', object(imageFields, moreImageFields)));

/** Package-URL types; more may come. */
const ecosystem: Node<Ecosystem> = text as Node as Node<Ecosystem>;
export const packageNode = exactly<ReportedPackage>()(
	define(
		'Package',
		'A package with its package URL.',
		object(
			{ name: text, version: text, ecosystem, purl: form('^pkg:'), because: evidence },
			{ source: object({ name: text, version: text }), sameAs: form('^pkg:'), origin },
		),
	),
);

export const application = exactly<ReportedApplication>()(
	define(
		'Application',
		'The application apart from its base.',
		object(
			{ name: text, origin: oneOf('directory', 'image'), reference: text, files: count, unseen: list(problem) },
			{ dockerfile: text, currentBase: object({ reference: text, because: evidence }) },
		),
	),
);

export const need = exactly<ReportedNeed>()(
	define(
		'Need',
		'Something the application cannot run without, and how sure that is.',
		object({ kind: text, what: text, certainty: oneOf('required', 'likely', 'possible'), because: list(evidence) }),
	),
);

export const check = exactly<ReportedCheck>()(
	define(
		'Check',
		'The answer to one need on one base.',
		object({ need, answer: oneOf('holds', 'fails', 'unknown'), because: list(evidence) }, { message: text, hint: text }),
	),
);

export const change = exactly<ReportedChange>()(
	define('Change', 'A change of the Dockerfile; patch is a unified diff.', object({ what: text, because: text }, { patch: text })),
);

export const fit = exactly<ReportedFit>()(
	define(
		'Fit',
		'Would the application run there?',
		object(
			{ reference: text, answer: oneOf('runs', 'runs-with-changes', 'breaks', 'unknown'), checks: list(check), changes: list(change) },
			{ patch: text, failed: failure },
		),
	),
);

export const profile = exactly<Profile>()(
	define(
		'Profile',
		'The risk profile of the service.',
		object({
			exposure: oneOf('public', 'partner', 'internal'),
			debugging: oneOf('interactive', 'occasional', 'none'),
			data: oneOf('sensitive', 'ordinary'),
		}),
	),
);
