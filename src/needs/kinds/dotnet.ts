import type { Application, Check, Need, Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { absolutePath } from '../application/stage-tree.ts';
import type { NeedKind } from '../need-kind.ts';
import { type Framework, type RuntimeConfig, readRuntimeConfig, rollsForward } from '../runtimes/dotnet-config.ts';
import { readSource, type Source } from '../source/read-source.ts';

type Data = { readonly ask: 'framework'; readonly framework: Framework; readonly rollForward: string } | { readonly ask: 'icu' };

/** .NET: the shared frameworks that runtimeconfig.json names, and ICU unless the application does without cultures. */
export const dotnet: NeedKind<Data> = {
	kind: 'dotnet',
	ofEveryStart: true,
	async find(application) {
		const source = await readSource(application);
		const found: Need<Data>[] = [];
		for (const path of configsOf(application, source)) {
			const text = (await source.files.read([path])).get(path);
			const config = text === undefined ? undefined : readRuntimeConfig(text);
			if (config !== undefined) found.push(...needsOf(path, config));
		}
		return found;
	},
	async check(need, standing) {
		const { data } = need;
		return { need, ...(data.ask === 'icu' ? icuAnswer(standing) : frameworkAnswer(data, standing)) };
	},
};

/** NAME.runtimeconfig.json beside the NAME.dll, or the program NAME, of a start command. */
function configsOf({ files }: Application, { commands }: Source): readonly string[] {
	const paths = commands.flatMap((command) =>
		command.words.slice(0, 6).map((word) => absolutePath(word.whole ? word.text : '', command.directory).replace(/\.dll$/, '')),
	);
	return [...new Set(paths.map((path) => `${path}.runtimeconfig.json`))].filter((path) => files.resolve(path)?.type === 'file').slice(0, 8);
}

function needsOf(path: string, config: RuntimeConfig): readonly Need<Data>[] {
	const kind = 'dotnet';
	const frameworks = config.selfContained ? [] : config.frameworks;
	return [
		...frameworks.map(
			(framework): Need<Data> => ({
				kind,
				what: `the framework ${framework.name} ${framework.version}`,
				certainty: 'required',
				because: [{ path, shows: `${framework.name} ${framework.version}` }],
				data: { ask: 'framework', framework, rollForward: config.rollForward },
			}),
		),
		...(config.invariant || config.ownIcu
			? []
			: [
					{
						kind,
						what: 'ICU, for the cultures of .NET',
						certainty: 'required',
						because: [{ path, shows: 'not in invariant mode' }],
						data: { ask: 'icu' },
					} as const,
				]),
	];
}

function frameworkAnswer(
	{ framework, rollForward }: Extract<Data, { ask: 'framework' }>,
	{ combined, config }: Standing,
): Omit<Check, 'need'> {
	const root = config.env.findLast(({ name }) => name === 'DOTNET_ROOT')?.value;
	const roots = [
		...(root === undefined ? [] : [root]),
		'/usr/share/dotnet',
		'/usr/lib/dotnet',
		'/usr/lib64/dotnet',
		'/usr/local/share/dotnet',
	];
	const policy = config.env.findLast(({ name }) => name === 'DOTNET_ROLL_FORWARD')?.value ?? rollForward;
	const there = roots.flatMap((place) => {
		const directory = combined.resolve(`${place}/shared/${framework.name}`);
		return directory === undefined
			? []
			: combined.list(directory.path).map((version) => ({ version, path: `${directory.path}/${version}` }));
	});
	const fits = there.find(({ version }) => rollsForward(framework.version, version, policy));
	if (fits !== undefined) return { answer: 'holds', because: [{ path: fits.path, shows: `${framework.name} ${fits.version}` }] };
	return {
		answer: 'fails',
		because: [
			{
				path: `/usr/share/dotnet/shared/${framework.name}`,
				shows: there.length === 0 ? 'is not there' : `has ${there.map(({ version }) => version).join(', ')}`,
			},
		],
		message: `You must install or update .NET to run this application. Framework: '${framework.name}', version '${framework.version}'`,
		hint: `use a base with ${framework.name} ${framework.version}, or publish the application self-contained`,
	};
}

function icuAnswer({ combined, config }: Standing): Omit<Check, 'need'> {
	const variable = config.env.findLast(({ name }) => name === 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT');
	if (variable !== undefined && /^(1|true)$/i.test(variable.value))
		return { answer: 'holds', because: [{ path: 'image config', shows: `${variable.name}=${variable.value}: it does without cultures` }] };
	const library = icuLibrary(combined);
	if (library !== undefined) return { answer: 'holds', because: [{ path: library, shows: 'is there' }] };
	return {
		answer: 'fails',
		because: [{ path: '/usr/lib/libicuuc.so', shows: 'is not there' }],
		message: "Couldn't find a valid ICU package installed on the system. Please install libicu",
		hint: 'use a base with ICU (the -extra variants), or set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 when cultures do not matter',
	};
}

function icuLibrary(rootfs: Rootfs): string | undefined {
	const triples = rootfs.list('/usr/lib').filter((name) => name.includes('-linux-'));
	for (const directory of ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib', ...triples.map((name) => `/usr/lib/${name}`)]) {
		const real = rootfs.resolve(directory)?.path ?? directory;
		const name = rootfs.list(real).find((candidate) => /^libicuuc\.so\.\d+/.test(candidate));
		if (name !== undefined) return `${real}/${name}`;
	}
	return undefined;
}
