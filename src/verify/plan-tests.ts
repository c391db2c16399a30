import type { Application } from '../model/need.ts';
import type { Rootfs } from '../model/rootfs.ts';
import { defaultPath, resolveProgram } from '../needs/launch/resolve-program.ts';

/** A test that can be run in the image in exec form, or why there is none. */
export type TestPlan = { readonly argv: readonly string[]; readonly because: string } | { readonly none: string };

/** The image as it was built. */
export interface TestStage {
	readonly application: Application;
	/** The base with the application on it. */
	readonly combined: Rootfs;
	readonly entrypoint: readonly string[];
	readonly workingDir: string;
	readonly env: readonly { readonly name: string; readonly value: string }[];
	/** Runtimes that the base has, wherever they lie: `node`, `/nodejs/bin/node`. */
	readonly runtimes: readonly { readonly name: string; readonly path: string }[];
}

/** A command line that needs no shell: words of harmless characters. */
const plainLine = /^[\w@%+=:,./-]+(?: +[\w@%+=:,./-]+)*$/;

/**
 * The command of the configuration, else what the project declares: the `test` script of its package.json, else its Python
 * tests, else a test program of Go (`go test -c`). Always in exec form with the base's own runtime where that can be derived, because minimal bases have no shell and
 * no npm.
 */
export async function planTests(stage: TestStage, configured?: string | readonly string[]): Promise<TestPlan> {
	if (configured !== undefined) {
		const argv = typeof configured === 'string' ? undefined : configured;
		const because = 'application.test of the configuration';
		return argv === undefined ? fromLine(stage, configured as string, because) : fromWords(stage, argv, because);
	}
	const script = await testScript(stage);
	if (script !== undefined) return fromLine(stage, script, `the test script of package.json: ${script}`);
	return pythonTests(stage) ?? goTests(stage) ?? { none: 'the project declares no tests that are part of the image' };
}

function fromLine(stage: TestStage, line: string, because: string): TestPlan {
	if (plainLine.test(line) && !/^\w+=/.test(line)) {
		const plan = fromWords(stage, line.split(/ +/), because);
		if ('argv' in plan || program(stage, '/bin/sh') === undefined) return plan;
	}
	if (program(stage, '/bin/sh') === undefined) return { none: `${because}; that takes a shell, which this base has not` };
	return { argv: ['/bin/sh', '-c', `PATH=$PWD/node_modules/.bin:$PATH; ${line}`], because };
}

function fromWords(stage: TestStage, words: readonly string[], because: string): TestPlan {
	const [name = '', ...rest] = words;
	const found = program(stage, name) ?? runtime(stage, name);
	if (found !== undefined) {
		const missing = missingScript(stage, name, rest);
		return missing === undefined ? { argv: [found, ...rest], because } : { none: `${because}; ${missing} is not part of the image` };
	}
	const script = stage.combined.resolve(`${stage.workingDir}/node_modules/.bin/${name}`);
	const node = runtime(stage, 'node');
	if (script !== undefined && node !== undefined) return { argv: [node, script.path, ...rest], because };
	return { none: `${because}; there is no ${name} on this base` };
}

/** `node test.js` where test.js was left out of the image (.dockerignore): that says nothing about the base. */
function missingScript({ combined, workingDir }: TestStage, name: string, [first = '']: readonly string[]): string | undefined {
	if (!/^(?:node|python[\d.]*)$/.test(name.split('/').at(-1) ?? '') || !/\.(?:[cm]?js|ts|py)$/.test(first)) return undefined;
	return combined.resolve(first.startsWith('/') ? first : `${workingDir}/${first}`) === undefined ? first : undefined;
}

/** As the engine would find it: with the image's PATH. */
function program({ combined, env, workingDir }: TestStage, name: string): string | undefined {
	const path = env.find((variable) => variable.name === 'PATH')?.value ?? defaultPath;
	const { failure } = resolveProgram([name], { env: [{ name: 'PATH', value: path }], workingDir }, combined);
	return failure === undefined ? name : undefined;
}

/** One that the image is started with, or that lies outside of PATH. */
function runtime({ entrypoint, runtimes, combined }: TestStage, name: string): string | undefined {
	const started = entrypoint[0];
	if (started?.startsWith('/') && baseName(started) === name) return started;
	const wanted = name === 'python' ? 'python3' : name;
	return runtimes.find((one) => one.name.replace(/(?<=python3).*/, '') === wanted && combined.resolve(one.path) !== undefined)?.path;
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** npm's own placeholder is no test. */
async function testScript({ application, workingDir }: TestStage): Promise<string | undefined> {
	const bytes = await application.files.read(`${workingDir === '/' ? '' : workingDir}/package.json`);
	if (bytes === undefined) return undefined;
	let scripts: unknown;
	try {
		scripts = (JSON.parse(new TextDecoder().decode(bytes)) as { readonly scripts?: unknown } | null)?.scripts;
	} catch {
		return undefined;
	}
	const test: unknown = typeof scripts === 'object' && scripts !== null ? Reflect.get(scripts, 'test') : undefined;
	return typeof test === 'string' && test.trim() !== '' && !test.includes('no test specified') ? test.trim() : undefined;
}

function pythonTests(stage: TestStage): TestPlan | undefined {
	const { application, combined, workingDir } = stage;
	let found = false;
	for (const { path } of application.files.entries())
		if (path.startsWith(`${workingDir}/`) && !path.includes('/site-packages/') && /\/(?:test_[^/]*|[^/]*_test)\.py$/.test(path))
			found = true;
	if (!found) return undefined;
	const python = program(stage, 'python3') ?? runtime(stage, 'python3');
	if (python === undefined) return { none: 'it has Python tests, and this base has no Python that was found' };
	for (const { path } of combined.entries())
		if (path.endsWith('/pytest/__main__.py')) return { argv: [python, '-m', 'pytest', '-q'], because: 'its Python tests, with pytest' };
	return { argv: [python, '-m', 'unittest', 'discover'], because: 'its Python tests, with unittest' };
}

/** What `go test -c` makes is called after its package and ends in .test; only one that the application brings. */
function goTests({ application, combined }: TestStage): TestPlan | undefined {
	for (const { path, type, mode } of application.files.entries())
		if (type === 'file' && path.endsWith('.test') && (mode & 0o111) !== 0 && combined.resolve(path) !== undefined)
			return { argv: [path], because: 'its test program, made by go test -c' };
	return undefined;
}
