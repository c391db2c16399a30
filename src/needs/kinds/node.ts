import { defines } from '../../formats/elf-lookup.ts';
import { compareVersions, parseVersion, satisfies, type Version } from '../../formats/semver-range.ts';
import type { Check, Need, Standing } from '../../model/need.ts';
import type { NeedKind } from '../need-kind.ts';
import { type JavaScriptRuntime, javascriptRuntime, versionText } from '../runtimes/javascript-runtime.ts';
import { findNodeNeeds, type NodeData } from '../runtimes/node-needs.ts';
import { majorOf } from '../runtimes/node-versions.ts';
import { readSource } from '../source/read-source.ts';

type Answer = Omit<Check, 'need'>;

/** The runtime of JavaScript: that it is there, its version, and its interface for native addons. */
export const node: NeedKind<NodeData> = {
	kind: 'node',
	ofEveryStart: true,
	async find(application) {
		return findNodeNeeds(application, await readSource(application));
	},
	async check(need, standing) {
		return { need, ...answerTo(need, standing) };
	},
};

function answerTo(need: Need<NodeData>, standing: Standing): Answer {
	const { data } = need;
	if (data.ask === 'module') return moduleAnswer(data);
	const runtime = javascriptRuntime(standing, data.names);
	if (runtime === undefined)
		return {
			answer: data.ask === 'runtime' ? 'fails' : 'unknown',
			because: [{ path: standing.reference, shows: 'no Node.js, Bun or Deno where the start command or PATH would find it' }],
			hint: 'use a base with Node.js',
			...(data.ask === 'runtime' ? { onlyElsewhere: true } : {}),
		};
	if (data.ask === 'runtime') return { answer: 'holds', because: [runtime.because] };
	if (data.ask === 'addon') return addonAnswer(data, runtime, standing);
	if (data.ask === 'typescript') return typeScriptAnswer(data, runtime);
	return versionAnswer(data, runtime);
}

function typeScriptAnswer({ range, path, esm }: Extract<NodeData, { ask: 'typescript' }>, runtime: JavaScriptRuntime): Answer {
	const { engine, version, because } = runtime;
	if (engine === 'bun' || engine === 'deno')
		return { answer: 'holds', because: [{ ...because, shows: `${because.shows} takes TypeScript` }] };
	const fits = version === undefined ? undefined : satisfies(version, range);
	if (version === undefined || fits === undefined)
		return { answer: 'unknown', because: [because], hint: `run "${runtime.path} --version" on the base to settle it` };
	if (fits) return { answer: 'holds', because: [because] };
	return {
		answer: 'fails',
		because: [because],
		message: esm ? `Unknown file extension "${path.slice(path.lastIndexOf('.'))}" for ${path}` : 'SyntaxError',
		hint: `Node.js ${versionText(version)} does not take TypeScript: compile it while the image is built`,
	};
}

function moduleAnswer({ specifier, unseen }: Extract<NodeData, { ask: 'module' }>): Answer {
	if (unseen !== undefined)
		return { answer: 'unknown', because: [], hint: `${unseen}; build the image and look at it to see whether ${specifier} is there` };
	return {
		answer: 'fails',
		because: [],
		message: `Cannot find module '${specifier}'`,
		hint: `${specifier} is not among the files that the Dockerfile copies`,
	};
}

function versionAnswer(data: Extract<NodeData, { ask: 'range' | 'at-least' | 'below' }>, runtime: JavaScriptRuntime): Answer {
	const { version, because } = runtime;
	if (version === undefined)
		return { answer: 'unknown', because: [because], hint: `run "${runtime.path} --version" on the base to settle it` };
	const fits = data.ask === 'range' ? satisfies(version, data.range) : ordered(version, data);
	if (fits === undefined) return { answer: 'unknown', because: [because], hint: 'the range of versions cannot be read' };
	if (fits) return { answer: 'holds', because: [because] };
	return { answer: 'fails', because: [because], ...failure(data, version) };
}

function ordered(version: Version, data: Extract<NodeData, { ask: 'at-least' | 'below' }>): boolean | undefined {
	const limit = parseVersion(data.version);
	if (limit === undefined) return undefined;
	const order = compareVersions(version, limit);
	return data.ask === 'at-least' ? order >= 0 : order < 0;
}

function failure(data: Extract<NodeData, { ask: 'range' | 'at-least' | 'below' }>, version: Version): Pick<Answer, 'message' | 'hint'> {
	if (data.ask === 'range') return { hint: `${data.of} says that it runs on Node.js ${data.range}; this is ${versionText(version)}` };
	if (data.subject === 'module') return { message: `No such built-in module: ${data.name}`, hint: `it came with Node.js ${data.version}` };
	if (data.subject === 'interface')
		return {
			...(data.message === undefined ? {} : { message: data.message }),
			hint: `Node.js ${data.version} ${data.ask === 'below' ? 'took it away' : 'brought it'}`,
		};
	return { hint: `this is Node.js ${versionText(version)}` };
}

function addonAnswer({ path, built }: Extract<NodeData, { ask: 'addon' }>, runtime: JavaScriptRuntime, standing: Standing): Answer {
	if (built.kind === 'napi') return nodeApiAnswer(path, built.uses, runtime, standing);
	const { moduleVersion: offered, because } = runtime;
	if (built.moduleVersion === undefined || offered === undefined)
		return { answer: 'unknown', because: [because], hint: `load ${path} with the base's runtime to see whether it was built for it` };
	if (built.moduleVersion !== offered) {
		const engine = runtime.engine === 'bun' ? 'Bun' : 'Node.js';
		return {
			answer: 'fails',
			because: [{ ...because, shows: `${because.shows} requires NODE_MODULE_VERSION ${offered}` }],
			message: `The module '${path}' was compiled against a different Node.js version using NODE_MODULE_VERSION ${built.moduleVersion}. This version of ${engine} requires NODE_MODULE_VERSION ${offered}.`,
			hint: `run npm rebuild on a base with this Node.js, or stay on Node.js ${majorOf(built.moduleVersion) ?? `with module version ${built.moduleVersion}`}`,
		};
	}
	if (runtime.engine === 'node')
		return { answer: 'holds', because: [{ ...because, shows: `${because.shows}, NODE_MODULE_VERSION ${offered}` }] };
	return {
		answer: 'unknown',
		because: [because],
		hint: `${runtime.engine} has only a part of the V8 interface; load ${path} there to settle it`,
	};
}

/** Functions of Node-API that this runtime does not have yet: the loader would miss them. */
function nodeApiAnswer(path: string, uses: readonly string[], runtime: JavaScriptRuntime, standing: Standing): Answer {
	const facts = standing.combined.elf(runtime.binary);
	const known = facts !== undefined && defines(facts, 'napi_create_function');
	const missing = known ? uses.filter((name) => !defines(facts, name)) : [];
	if (missing.length > 0)
		return {
			answer: 'fails',
			because: [{ path: runtime.binary, shows: `does not define ${missing.slice(0, 5).join(', ')}` }],
			message: `${path}: undefined symbol: ${missing[0]}`,
			hint: 'the addon was built for a newer Node-API; use a newer Node.js',
		};
	return {
		answer: 'holds',
		because: [known ? { ...runtime.because, shows: `${runtime.because.shows} has every Node-API function that it uses` } : runtime.because],
	};
}
