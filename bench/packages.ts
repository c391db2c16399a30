/**
 * Which packages Footing and its peers find in the same images, and what each of them does not:
 *
 *     node bench/packages.ts --image docker-archive:app.tar [--samples] [--peers trivy,syft,snyk-docker-plugin] [--list]
 *
 * `--samples` makes small images with packages of npm, PyPI, RubyGems, Go, Maven and Cargo by their own clients, as far as these are
 * installed. A package is its ecosystem, name and version. The table goes to standard output as Markdown, with every package that
 * a peer lists and Footing does not; `--list` adds what each peer misses. Exit code 1: Footing misses one.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type FoundPackage, inModules, keyOf } from './found-package.ts';
import { type BenchImage, footing, imageOf, type Peer, snyk, syft, trivy } from './peers.ts';
import { makeSamples } from './samples.ts';
import { timedRun } from './timed-run.ts';

const { values } = parseArgs({
	options: {
		image: { type: 'string', multiple: true, default: [] },
		samples: { type: 'boolean', default: false },
		peers: { type: 'string', default: 'trivy,syft,snyk-docker-plugin' },
		list: { type: 'boolean', default: false },
	},
});

/** What one tool found; undefined when it failed. */
type Found = ReadonlyMap<string, FoundPackage> | undefined;

const tools: readonly Peer[] = [footing(), ...values.peers.split(',').flatMap(peerNamed)];
const images: readonly BenchImage[] = [...values.image.map(imageOf), ...(values.samples ? makeSamples() : [])];
console.log(
	`Measured on ${new Date().toISOString().slice(0, 10)}: ${tools.map((tool) => `${tool.name} ${tool.version?.() ?? ''}`.trim()).join(', ')}.\n`,
);
console.log(`| image | all together | ${tools.map(({ name }) => `${name}: finds | misses`).join(' | ')} |`);
console.log(`| --- | --- | ${tools.map(() => '--- | ---').join(' | ')} |`);
const details: string[] = [];
for (const image of images) details.push(...(await compareOn(image)));
console.log(`\n${details.join('\n')}`);

function peerNamed(name: string): readonly Peer[] {
	const all: Readonly<Record<string, () => Peer | undefined>> = { trivy, syft, 'snyk-docker-plugin': snyk };
	const peer = all[name]?.();
	if (peer === undefined) console.error(`${name} cannot be had here`);
	return peer === undefined ? [] : [peer];
}

async function compareOn(image: BenchImage): Promise<readonly string[]> {
	const results: Found[] = [];
	const modules = new Set<string>();
	for (const tool of tools) {
		const found = await foundBy(tool, image, modules);
		for (const [key, { ecosystem }] of found ?? []) if (ecosystem === 'golang') modules.add(key);
		results.push(found);
	}
	const union = new Map(results.flatMap((found) => [...(found ?? [])]));
	const name = basename(image.path)
		.replace(/\.tar$/, '')
		.replace('_', '/')
		.replace('_', ':');
	const cells = results.map((found) => (found === undefined ? 'failed | ' : `${found.size} | ${union.size - found.size}`));
	console.log(`| ${name} | ${union.size} | ${cells.join(' | ')} |`);
	return tools.flatMap((tool, index) => missedBy(tool, results[index], union, name, results));
}

async function foundBy(tool: Peer, image: BenchImage, modules: ReadonlySet<string>): Promise<Found> {
	tool.reset?.();
	const { stdout, exitCode } = await timedRun(tool.command(image), tool.env);
	try {
		return new Map(inModules(tool.packages(stdout), modules).map((one) => [keyOf(one), one]));
	} catch {
		console.error(`${tool.name} failed on ${image.path} (exit code ${exitCode})`);
		return undefined;
	}
}

/** Always for ourselves, by ecosystem with who found it; of peers on demand. */
function missedBy(
	tool: Peer,
	found: Found,
	union: ReadonlyMap<string, FoundPackage>,
	image: string,
	results: readonly Found[],
): readonly string[] {
	const ours = tool.name === 'footing';
	const missed = [...union.keys()].filter((key) => found !== undefined && !found.has(key)).sort();
	if (missed.length === 0 || (!ours && !values.list)) return [];
	if (ours) process.exitCode = 1;
	const lines = missed.map(
		(key) =>
			`    - ${key} (${tools
				.filter((_, index) => results[index]?.has(key) === true)
				.map((t) => t.name)
				.join(', ')})`,
	);
	return [`- ${tool.name} does not list in ${image}:`, ...lines];
}
