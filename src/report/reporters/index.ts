import type { Reporter } from '../reporter.ts';
import { json } from './json.ts';
import { text } from './text.ts';

/** The reporters; one line each. */
export const reporters: readonly Reporter[] = [text, json];
