/** One shared framework that a .NET application is started on. */
export interface Framework {
	/** `Microsoft.NETCore.App` */
	readonly name: string;
	/** `8.0.0` */
	readonly version: string;
}

/** What NAME.runtimeconfig.json says (dotnet/runtime, docs/design/features/host-runtime-information.md). */
export interface RuntimeConfig {
	readonly frameworks: readonly Framework[];
	/** Carries its runtime: no framework of the system is needed. */
	readonly selfContained: boolean;
	readonly invariant: boolean;
	/** Brings ICU itself. */
	readonly ownIcu: boolean;
	readonly rollForward: string;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export function readRuntimeConfig(text: string): RuntimeConfig | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return undefined;
	}
	const options = isObject(parsed) && isObject(parsed.runtimeOptions) ? parsed.runtimeOptions : undefined;
	if (options === undefined) return undefined;
	const listed = [options.framework, ...(Array.isArray(options.frameworks) ? (options.frameworks as unknown[]) : [])];
	const frameworks = listed.flatMap((item) =>
		isObject(item) && typeof item.name === 'string' && typeof item.version === 'string' ? [{ name: item.name, version: item.version }] : [],
	);
	const properties = isObject(options.configProperties) ? options.configProperties : {};
	return {
		frameworks: frameworks.slice(0, 20),
		selfContained: Array.isArray(options.includedFrameworks),
		invariant: properties['System.Globalization.Invariant'] === true,
		ownIcu: properties['System.Globalization.AppLocalIcu'] !== undefined,
		rollForward: typeof options.rollForward === 'string' ? options.rollForward : 'Minor',
	};
}

const numbers = (version: string): readonly number[] =>
	version
		.split('-', 1)[0]
		?.split('.')
		.map((part) => Number.parseInt(part, 10) || 0) ?? [];

/** Whether a version that is there serves one that is asked for (docs/design/features/framework-version-resolution.md). */
export function rollsForward(asked: string, there: string, policy: string): boolean {
	const [major = 0, minor = 0, patch = 0] = numbers(asked);
	const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = numbers(there);
	const newer = ownMajor !== major ? ownMajor > major : ownMinor !== minor ? ownMinor > minor : ownPatch >= patch;
	if (!newer) return false;
	if (/^(Latest)?Major$/i.test(policy)) return true;
	if (/^LatestPatch$/i.test(policy)) return ownMajor === major && ownMinor === minor;
	return /^Disable$/i.test(policy) ? asked === there : ownMajor === major;
}
