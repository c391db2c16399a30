/** NODE_MODULE_VERSION of each release line (nodejs/node, doc/abi_version_registry.json). */
const moduleVersions: ReadonlyMap<number, number> = new Map([
	[10, 64],
	[11, 67],
	[12, 72],
	[13, 79],
	[14, 83],
	[15, 88],
	[16, 93],
	[17, 102],
	[18, 108],
	[19, 111],
	[20, 115],
	[21, 120],
	[22, 127],
	[23, 131],
	[24, 137],
	[25, 141],
	[26, 147],
]);

export function moduleVersionOf(major: number): number | undefined {
	return moduleVersions.get(major);
}

/** `Node.js 20` of 115, for people. */
export function majorOf(moduleVersion: number): number | undefined {
	return [...moduleVersions].find(([, version]) => version === moduleVersion)?.[0];
}
