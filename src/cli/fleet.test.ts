import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compose, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { tar } from '../../test/support/tar.ts';
import { createHost } from '../host/create-host.ts';
import { run, type Terminal } from './run.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-fleet-'));
after(() => rmSync(directory, { recursive: true }));

const image = compose({
	layers: [tar([{ name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\n' }])],
	config: { os: 'linux', architecture: 'amd64', config: {} },
});
writeFiles(join(directory, 'image'), layoutFiles([{ image, name: 'latest' }]));
const good = `oci-layout:${join(directory, 'image')}`;
const bad = 'oci-layout:/nowhere/\u001b[31m';
const list = join(directory, 'images.txt');
writeFileSync(list, `# the fleet\n\n${good}\r\n${bad}\n${good}\n`);

async function printed(
	args: readonly string[],
	reads = Number.POSITIVE_INFINITY,
): Promise<{ readonly pieces: readonly string[]; readonly exitCode: number }> {
	const pieces: string[] = [];
	const terminal: Terminal = { color: false, width: 80, write: async (text) => pieces.push(text) < reads };
	const { text, exitCode } = await run(args, { ...createHost(), cores: 1 }, terminal);
	return { pieces: text === '' ? pieces : [...pieces, text], exitCode };
}

test('fleet: text has a line for each image, printed as it is ready; one that failed makes the exit code 3', async () => {
	const { pieces, exitCode } = await printed(['inspect', '--from-file', list]);
	assert.equal(exitCode, 3);
	assert.equal(pieces.length, 4);
	assert.match(pieces[0] ?? '', /^TIER +PACKAGES +SHELLS +PROGRAMS +SETUID +SIZE {2}IMAGE\n$/);
	assert.match(pieces[1] ?? '', new RegExp(`^\\S+ +≥?0 +0 +0 +0 +\\d+ B {2}${good}\\n$`));
	assert.match(pieces[2] ?? '', /^not read +oci-layout:\/nowhere\/\S+: cannot open oci-layout .*\n$/);
	assert.ok(!pieces.join('').includes('\u001b'));
});

test('fleet: json has a document on each line, csv a row', async () => {
	const json = (await printed(['inspect', '--from-file', list, '--format', 'json'])).pieces.join('').trimEnd().split('\n');
	const documents = json.map((line) => JSON.parse(line) as { kind: string; image?: { reference: string }; reference?: string });
	assert.deepEqual(
		documents.map(({ kind, image: of, reference }) => [kind, of?.reference ?? reference]),
		[
			['inspect', good],
			['failed', bad],
			['inspect', good],
		],
	);
	const csv = (await printed(['inspect', '--from-file', list, '--format', 'csv'])).pieces.join('').trimEnd().split('\r\n');
	assert.equal(csv.length, 4);
	assert.equal(new Set(csv.map((row) => row.replaceAll(/"[^"]*"/g, '').split(',').length)).size, 1);
});

test('fleet: to a file', async () => {
	const output = join(directory, 'out.csv');
	const { pieces, exitCode } = await printed(['inspect', '--from-file', list, '--format', 'csv', '--output', output]);
	assert.deepEqual([pieces, exitCode], [[], 3]);
	assert.equal(readFileSync(output, 'utf8').trimEnd().split('\r\n').length, 4);
});

test('fleet: when nobody reads any more it ends', async () => {
	assert.equal((await printed(['inspect', '--from-file', list], 2)).pieces.length, 2);
});

const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
	[['inspect'], /takes an IMAGE, or --from-file FILE/],
	[['inspect', good, '--from-file', list], /not both/],
	[['inspect', '--from-file', list, '--format', 'html'], /many images are printed as text or json or csv/],
	[['inspect', '--from-file', '/dev/null'], /cannot open/],
];
for (const [args, message] of wrong)
	test(`fleet: ${args.join(' ')} is refused`, async () => {
		await assert.rejects(printed(args), { message });
	});
