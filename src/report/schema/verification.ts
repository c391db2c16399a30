import type { ReportedVerification } from '../../model/report.ts';
import { count, define, flag, list, object, oneOf, text } from './node.ts';
import { failure } from './parts.ts';
import { exactly } from './same.ts';

export const verdict = oneOf('holds', 'fails', 'unknown');
export const fitAnswer = oneOf('runs', 'runs-with-changes', 'breaks', 'unknown');

export const verification = exactly<ReportedVerification>()(
	define(
		'Verification',
		'The application really built on one base, started as production would, and tested with its own tests.',
		object(
			{ reference: text, answer: verdict, because: text },
			{
				build: object({
					answer: verdict,
					how: oneOf('build-arg', 'final-from', 'patch'),
					because: text,
					durationMs: count,
					output: text,
				}),
				start: object({ answer: verdict, because: text, durationMs: count, output: text }, { exitCode: count, respondMs: count }),
				tests: object(
					{ answer: verdict, command: list(text), because: text, output: text },
					{ exitCode: count, durationMs: count, timedOut: flag, outside: text },
				),
				baseline: object({ reference: text, answer: verdict, because: text }),
				fit: object({ answer: fitAnswer, agrees: verdict }),
				kept: object({ at: text }),
				log: text,
				failed: failure,
			},
		),
	),
);
