/** https://docs.npmjs.com/cli/configuring-npm/package-json, as far as it says which package this is. */
export interface PackageJson {
	readonly name?: string;
	readonly version?: string;
}

/** Why a file is no package.json at all, or its name and version; fields of another type count as absent. */
export function readPackageJson(bytes: Uint8Array): PackageJson | string {
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return 'it is no JSON';
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is JSON, but no object';
	const { name, version } = value as { readonly name?: unknown; readonly version?: unknown };
	return { ...textField('name', name), ...textField('version', version) };
}

function textField<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
	return typeof value === 'string' && value.trim() !== '' ? ({ [key]: value.trim() } as { readonly [P in K]: string }) : {};
}
