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

/** Node-API by the first versions that have it (Node.js documentation, "Node-API version matrix"), newest first. */
const nodeApiVersions: readonly (readonly [api: number, since: readonly (readonly [major: number, minor: number])[]])[] = [
	[
		10,
		[
			[22, 14],
			[23, 6],
			[24, 0],
		],
	],
	[
		9,
		[
			[18, 17],
			[20, 3],
			[21, 0],
		],
	],
	[
		8,
		[
			[12, 22],
			[14, 17],
			[15, 12],
			[16, 0],
		],
	],
];

/** The newest Node-API of a version of Node.js; `atLeast`: the table ends before it. */
export function nodeApiVersionOf(major: number, minor: number): { readonly version: number; readonly atLeast: boolean } | undefined {
	for (const [version, since] of nodeApiVersions) {
		const line = since.find(([first]) => first === major);
		const newest = since.at(-1)?.[0] ?? 0;
		if (line === undefined ? major > newest : minor >= line[1]) return { version, atLeast: major > 26 };
	}
	return undefined;
}
