/** A package that Composer installed. */
export interface ComposerPackage {
	/** `vendor/name`, in lower case. */
	readonly name: string;
	/** As its author wrote it: `v6.4.1`, `dev-main`. */
	readonly version: string;
}

const maxPackages = 20_000;
const packageName = /^[a-z0-9]+(?:[_.-]{1,2}[a-z0-9]+)*(?:\/[a-z0-9]+(?:[_.-]{1,2}[a-z0-9]+)*)?$/;

/** `vendor/composer/installed.json`: of Composer 2 an object with `packages`, of Composer 1 the list itself. A text says why it is neither. */
export function readInstalledJson(text: string): readonly ComposerPackage[] | string {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return 'it is no JSON';
	}
	const list = Array.isArray(value) ? value : field(value, 'packages');
	if (!Array.isArray(list)) return 'it has no list of packages';
	return list.slice(0, maxPackages).flatMap((one) => packageOf(field(one, 'name'), field(one, 'version')));
}

/**
 * `vendor/composer/installed.php`, which Composer 2 writes for the running application: one `'key' => value` a line, indented by four for each
 * level. The application itself is left out, and with it what others only replace or provide, which has no version of its own.
 */
export function readInstalledPhp(text: string): readonly ComposerPackage[] | string {
	if (!/^<\?php return array\(/.test(text)) return 'it is not as Composer writes it';
	const found: ComposerPackage[] = [];
	let within = '';
	let root: string | undefined;
	let name: string | undefined;
	for (const line of text.split('\n')) {
		const opened = /^ {4}'(root|versions)' => array\($/.exec(line)?.[1];
		if (opened !== undefined) within = opened;
		else if (within === 'root') root ??= quoted(line, 8, 'name');
		else if (within === 'versions') {
			name = /^ {8}'([^'\\]{1,200})' => array\($/.exec(line)?.[1] ?? name;
			const version = quoted(line, 12, 'pretty_version');
			if (version !== undefined && name !== undefined && name !== root && found.length < maxPackages)
				found.push(...packageOf(name, version));
		}
	}
	return within === 'versions' ? found : 'it lists no versions';
}

function quoted(line: string, indent: number, key: string): string | undefined {
	const before = `${' '.repeat(indent)}'${key}' => '`;
	if (!line.startsWith(before) || !line.endsWith("',")) return undefined;
	return line.slice(before.length, -2);
}

function packageOf(name: unknown, version: unknown): readonly ComposerPackage[] {
	if (typeof name !== 'string' || typeof version !== 'string' || name.length > 200 || version === '') return [];
	const lower = name.toLowerCase();
	return packageName.test(lower) ? [{ name: lower, version }] : [];
}

function field(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Readonly<Record<string, unknown>>)[key];
}
