/** Every question is answered with one of these; `unknown` never turns into `holds`. */
export type Verdict = 'holds' | 'fails' | 'unknown';

/** How sure we are that the application cannot run without something. */
export type Certainty = 'required' | 'likely' | 'possible';
