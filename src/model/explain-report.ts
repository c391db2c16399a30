import type { Evidence } from './evidence.ts';
import type { ReportedCheck, ReportHead } from './report.ts';
import type { Verdict } from './verdict.ts';

/** Something that a message can come from. `holds`: it is so in the image, or the message itself says it. */
export interface ReportedCause {
	readonly what: string;
	readonly answer: Verdict;
	readonly because: readonly Evidence[];
	readonly hint?: string;
}

/** One line of a message, or an exit code. */
export interface ReportedMeaning {
	/** `start-missing`, `library-version`, `exit-code` … */
	readonly kind: string;
	readonly message: string;
	/** What it means wherever it is read. */
	readonly what: string;
	readonly causes: readonly ReportedCause[];
}

/** What an error message or exit code means, and what of it is so in an image. Since 1.1. */
export interface ExplainReport extends ReportHead<'explain'> {
	readonly exitCode?: number;
	readonly image?: string;
	/** `holds`: at least one cause is known; `fails`: no line is known, or nothing that it can come from is so. */
	readonly answer: Verdict;
	readonly meanings: readonly ReportedMeaning[];
	/** With an image: what its own application lacks there, whatever the message says. */
	readonly checks: readonly ReportedCheck[];
}
