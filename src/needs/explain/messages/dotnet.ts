import { type Cause, holds, isNot, type MessageKind, type Scene } from '../message-kind.ts';

const framework = /Framework: '([\w.]{1,80})', version '([\w.-]{1,40})'/;

/** The host of .NET finds no framework of the version that the application asks for. */
export const dotnetFramework: MessageKind = {
	kind: 'dotnet-framework',
	seen: "``Framework: 'Microsoft.NETCore.App', version '9.0.0'``",
	looks: 'the frameworks that are there',
	read(line) {
		const [, name, version] = framework.exec(line) ?? [];
		if (name === undefined || version === undefined) return undefined;
		const hint = `take a base with .NET ${version.split('.').slice(0, 2).join('.')}, publish self-contained, or allow newer ones (rollForward)`;
		return {
			what: `the application was built for ${name} ${version}, which the .NET runtime does not have`,
			possible: [{ what: `the image has no ${name} ${version}`, hint, certain: true }],
			look: async (scene) => installed(scene, name, version, hint),
		};
	},
};

function installed({ standing: { combined } }: Scene, name: string, version: string, hint: string): readonly Cause[] {
	const found: string[] = [];
	for (const { path, type } of combined.entries())
		if (type === 'directory' && path.includes(`/shared/${name}/`) && path.split(`/shared/${name}/`)[1]?.includes('/') === false)
			found.push(path);
	const because =
		found.length === 0
			? [{ path: '/', shows: `no directory shared/${name}` }]
			: found.slice(0, 5).map((path) => ({ path, shows: 'is there' }));
	return [
		found.some((path) => path.endsWith(`/${version}`))
			? isNot(`${name} ${version} is not in the image`, because)
			: holds(`${name} ${version} is not in the image`, because, hint),
	];
}
