import type { ReportedCandidate } from '../../model/report.ts';
import { count, define, list, object, oneOf, text } from './node.ts';
import { digest, endOfLife, failure, fit, numbers, surface, tier } from './parts.ts';
import { exactly } from './same.ts';
import { verification } from './verification.ts';

export const candidate = exactly<ReportedCandidate>()(
	define(
		'Candidate',
		'A base that was tried, with what every rule said of it.',
		object(
			{
				reference: text,
				from: oneOf('current', 'family', 'configuration', 'command-line'),
				endOfLife: list(endOfLife),
				because: list(text),
				trace: list(object({ rule: text, effect: oneOf('out', 'held-back', 'kept'), because: text })),
			},
			{
				digest,
				system: object({ id: text, libc: text }, { versionId: text, name: text }),
				tier,
				fit,
				surface,
				excess: numbers,
				rank: count,
				verification,
				failed: failure,
			},
		),
	),
);
