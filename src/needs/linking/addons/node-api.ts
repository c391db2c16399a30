import { returnedConstant } from '../../../formats/elf-constant.ts';
import { defines } from '../../../formats/elf-lookup.ts';
import type { Application, Standing } from '../../../model/need.ts';
import { javascriptRuntime } from '../../runtimes/javascript-runtime.ts';
import { nodeApiVersionOf } from '../../runtimes/node-versions.ts';
import type { Defect } from '../process.ts';
import type { AddonFile } from './addon-group.ts';

const entry = 'node_api_module_get_api_version_v1';
/** The function is a few bytes long, but the whole file has to be read to look at it. */
const fileLimit = 16 * 1024 * 1024;
const totalLimit = 128 * 1024 * 1024;
/** NAPI_EXPERIMENTAL: whatever the runtime has. */
const experimental = 0x7fffffff;

/** The Node-API version that each addon says it was built for, read from the code of the function that says it. */
export async function nodeApiVersions({ files, origin }: Application, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
	const versions = new Map<string, number>();
	let total = 0;
	const wanted = paths.filter((path) => {
		const facts = files.elf(path);
		const size = files.resolve(path)?.size ?? 0;
		if (facts === undefined || size > fileLimit || total + size > totalLimit || !defines(facts, entry)) return false;
		total += size;
		return true;
	});
	// a layer is gone through once for all; local files are better held one at a time
	const batches = origin === 'image' ? [wanted] : wanted.map((path) => [path]);
	for (const batch of batches)
		for (const [path, bytes] of await files.readMany(batch, { limit: fileLimit })) {
			const version = returnedConstant(bytes, entry);
			if (version !== undefined && version !== experimental) versions.set(path, version);
		}
	return versions;
}

/** Node.js refuses an addon for a newer Node-API than its own; 20 and earlier end with a segmentation fault instead of the message. */
export function nodeApiDefect(file: AddonFile, standing: Standing): Defect | undefined {
	const wanted = file.nodeApiVersion;
	const version = javascriptRuntime(standing, ['node', 'bun'])?.version;
	const offered = wanted === undefined || version === undefined ? undefined : nodeApiVersionOf(version.numbers[0], version.numbers[1]);
	if (wanted === undefined || offered === undefined || wanted <= offered.version || offered.atLeast) return undefined;
	const message = `${file.path} requires Node-API version ${wanted}, but this version of Node.js only supports version ${offered.version} add-ons.`;
	return { kind: 'missing-version', message, when: 'load', by: undefined, missing: `Node-API version ${wanted}` };
}
