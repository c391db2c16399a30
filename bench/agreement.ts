/**
 * Footing beside the tool of each ecosystem on images of the local engine, name by name and version by version:
 *
 *     node bench/agreement.ts --image node:20 --image debian:bookworm-slim [--tools dpkg-query,npm]
 *
 * A tool that an image has speaks for it (`dpkg-query`, `apk`, `rpm`, `npm`, `pip`, `gem`, `composer`); `go version -m` looks at all its
 * files from outside. The table goes to standard output as Markdown, below it what only one side lists. Exit code 1: there is a difference.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromPurl, keyOf } from './found-package.ts';
import { type OurPackage, ownTools, type Said } from './own-tools.ts';

const { values } = parseArgs({
	options: { image: { type: 'string', multiple: true, default: [] }, tools: { type: 'string', default: '' } },
});

const wanted = values.tools.split(',').filter((name) => name !== '');
const tools = ownTools.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
console.log('| image | tool | it lists | Footing lists | only the tool | only Footing |\n| --- | --- | --- | --- | --- | --- |');
const details = values.image.flatMap(compareOn);
console.log(`\n${details.length === 0 ? 'No difference.' : details.join('\n')}`);
if (details.length > 0) process.exitCode = 1;

function compareOn(image: string): readonly string[] {
	const ours = inspected(image);
	return tools.flatMap((tool) => {
		const said = tool.say(image, ours);
		return said === undefined ? [] : row(image, tool.name, said, ours);
	});
}

function inspected(image: string): readonly OurPackage[] {
	const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
	const run = spawnSync(process.execPath, [main, 'inspect', `docker:${image}`, '--format', 'json', '--quiet'], {
		encoding: 'utf8',
		maxBuffer: 512 * 1024 * 1024,
	});
	if (run.status !== 0) throw new Error(`footing cannot read ${image}: ${run.stderr}`);
	return (JSON.parse(run.stdout) as { readonly packages: readonly OurPackage[] }).packages;
}

function row(image: string, tool: string, { packages, speaksOf }: Said, ours: readonly OurPackage[]): readonly string[] {
	const theirs = new Set(packages.map(keyOf));
	const mine = new Set(
		ours
			.filter(speaksOf)
			.flatMap(({ purl }) => fromPurl(purl) ?? [])
			.map(keyOf),
	);
	const onlyTheirs = [...theirs].filter((key) => !mine.has(key)).sort();
	const onlyMine = [...mine].filter((key) => !theirs.has(key)).sort();
	console.log(`| ${image} | ${tool} | ${theirs.size} | ${mine.size} | ${onlyTheirs.length} | ${onlyMine.length} |`);
	return [
		...(onlyTheirs.length === 0 ? [] : [`- ${image}: only ${tool} lists ${onlyTheirs.join(', ')}`]),
		...(onlyMine.length === 0 ? [] : [`- ${image}: ${tool} does not list ${onlyMine.join(', ')}`]),
	];
}
