import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs a corpus of hostile and awkward inputs through `tools/facts.ts` and compares outcome, facts and invariants with
 * what is expected. FOOTING_CORPUS names its directory, which has a `harness.py` and an `expected.json` of its own.
 *
 *     FOOTING_CORPUS=DIR node test/corpus.ts [REGEX]
 */
const corpus = process.env['FOOTING_CORPUS'];
if (corpus === undefined || !existsSync(join(corpus, 'harness.py'))) {
	console.error('FOOTING_CORPUS has to name a directory with a harness.py');
	process.exit(2);
}
const filter = process.argv[2] ?? '.';
const facts = fileURLToPath(new URL('../tools/facts.ts', import.meta.url));
const command = `${process.execPath} ${facts} --form {form} {ref}`;
const work = mkdtempSync(join(tmpdir(), 'corpus-'));
const table = join(work, 'result.tsv');
const run = spawnSync('python3', [join(corpus, 'harness.py'), '--cmd', command, '--facts', command, '--filter', filter, '--out', table], {
	stdio: ['ignore', 'pipe', 'inherit'],
	encoding: 'utf8',
});
const rows = existsSync(table) ? readFileSync(table, 'utf8').trimEnd().split('\n').slice(1) : [];
rmSync(work, { recursive: true });
const failed = rows.filter((row) => row.split('\t')[2] !== 'PASS');
for (const row of failed) console.log(`not ok ${row}`);
console.log(`corpus: ${rows.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = run.status === 0 && failed.length === 0 && rows.length > 0 ? 0 : 1;
