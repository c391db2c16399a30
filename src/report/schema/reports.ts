import type { DebugReport } from '../../model/debug-report.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { FailedReport } from '../../model/fleet.ts';
import type { ChooseReport, CompareReport, FitReport, InspectReport, NeedsReport, ProbeReport, VerifyReport } from '../../model/report.ts';
import { candidate } from './candidate.ts';
import { count, either, flag, form, list, type Node, nothing, object, oneOf, text } from './node.ts';
import {
	application,
	change,
	check,
	evidence,
	fit,
	imageFields,
	imageReport,
	moreImageFields,
	need,
	packageNode,
	problem,
	profile,
	tier,
} from './parts.ts';
import { exactly } from './same.ts';
import { fitAnswer, verdict, verification } from './verification.ts';

/** Every report begins with these; the version is that of `schemaVersion`. */
function head<const Kind extends string>(
	kind: Kind,
): { readonly schemaVersion: Node<string>; readonly kind: Node<Kind>; readonly problems: typeof problems } {
	return { schemaVersion: form('^1\\.\\d+$'), kind: oneOf(kind), problems };
}

const problems = list(problem);

const inspect = exactly<InspectReport>()(object({ ...head('inspect'), ...imageFields, packages: list(packageNode) }, moreImageFields));

const compare = exactly<CompareReport>()(
	object({
		...head('compare'),
		images: list(imageReport),
		rows: list(object({ metric: text, unit: oneOf('count', 'bytes'), values: list(either(count, nothing)), atLeast: list(flag) })),
		differences: list(object({ from: text, to: text, metric: text, gone: list(text), added: list(text) }, { changed: list(text) })),
	}),
);

const needs = exactly<NeedsReport>()(object({ ...head('needs'), application, needs: list(need) }));

const fitReport = exactly<FitReport>()(object({ ...head('fit'), application, bases: list(fit) }));

const recommendation = object(
	{
		reference: text,
		tier,
		because: list(text),
		changes: list(change),
		losses: list(object({ metric: text, before: count, after: count, gone: list(text) })),
		notCovered: list(text),
	},
	{
		patch: text,
		written: text,
		next: object({ reference: text, change: text }),
		neighbours: list(object({ reference: text, side: oneOf('smaller', 'larger'), because: text })),
	},
);

const proof = object({
	engine: object({ name: text, version: text }),
	tried: list(text),
	disagreements: list(object({ reference: text, fit: fitAnswer, answer: verdict, because: text })),
});

const choose = exactly<ChooseReport>()(
	object(
		{ ...head('choose'), application, profile, needs: list(need), candidates: list(candidate) },
		{ current: text, recommendation, noneBecause: text, proof },
	),
);

const verify = exactly<VerifyReport>()(
	object({ ...head('verify'), application, engine: object({ name: text, version: text }), bases: list(verification) }),
);

const outcome = oneOf('possible', 'impossible', 'unknown');

const probe = exactly<ProbeReport>()(
	object({
		...head('probe'),
		target: text,
		live: flag,
		engine: object({ name: text, version: text }),
		moves: list(
			object({
				name: text,
				what: text,
				capability: text,
				command: list(text),
				predicted: outcome,
				because: text,
				observed: outcome,
				evidence: text,
			}),
		),
		agreement: object({ answer: verdict, agree: count, differ: count, unknown: count }),
		remains: list(object({ name: text, capability: text, ways: list(text), defence: text })),
	}),
);

const debug = exactly<DebugReport>()(
	object(
		{ ...head('debug'), target: text, root: text, user: text },
		{
			engine: object({ name: text, version: text }),
			state: object({ running: flag, exitCode: count, outOfMemory: flag, error: text, log: text }),
			ran: object({ command: list(text), exitCode: count, output: text }),
			kubernetes: object({ command: list(text), custom: text }),
		},
	),
);

const cause = object({ what: text, answer: verdict, because: list(evidence) }, { hint: text });

const explain = exactly<ExplainReport>()(
	object(
		{
			...head('explain'),
			answer: verdict,
			meanings: list(object({ kind: text, message: text, what: text, causes: list(cause) })),
			checks: list(check),
		},
		{ exitCode: count, image: text },
	),
);

const failed = exactly<FailedReport>()(object({ ...head('failed'), reference: text }));

/** The kinds of report that have a schema, each `schemas/KIND.schema.json`. */
export const reportSchemas: ReadonlyMap<string, Node> = new Map<string, Node>([
	['inspect', inspect],
	['compare', compare],
	['needs', needs],
	['fit', fitReport],
	['verify', verify],
	['probe', probe],
	['debug', debug],
	['explain', explain],
	['choose', choose],
	['failed', failed],
]);
