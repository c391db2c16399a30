import type { Reporter } from '../reporter.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { text } from './text.ts';

/** The reporters; one line each. */
export const reporters: readonly Reporter[] = [text, json, markdown, csv, html];
