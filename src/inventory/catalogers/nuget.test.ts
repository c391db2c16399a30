import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { nuget } from './nuget.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const application = JSON.stringify({
	runtimeTarget: { name: '.NETCoreApp,Version=v8.0/linux-x64' },
	libraries: {
		'Shop/1.0.0': { type: 'project', serviceable: false, sha512: '' },
		'Newtonsoft.Json/13.0.3': { type: 'package', serviceable: true, sha512: 'sha512-x', path: 'newtonsoft.json/13.0.3' },
		'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.11': { type: 'runtimepack', serviceable: false, sha512: '' },
		'System.Private.Reference/8.0.0': { type: 'referenceassembly', serviceable: false, sha512: '' },
		'no-version/': { type: 'package' },
	},
});
const framework = JSON.stringify({ libraries: { 'Microsoft.NETCore.App.Runtime.linux-x64/8.0.11': { type: 'package' } } });

test('nuget: packages of an application, the runtime packed with it, and the shared framework', async () => {
	const { packages, problems } = await nuget.catalog(
		rootfs({
			'/app/Shop.deps.json': `\ufeff${application}`,
			'/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App.deps.json': framework,
		}),
		system,
	);
	assert.deepEqual(problems, []);
	assert.deepEqual(packages.map((p) => `${p.purl} ${p.because.path}`).sort(), [
		'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.11 /app/Shop.deps.json',
		'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.11 /usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App.deps.json',
		'pkg:nuget/Newtonsoft.Json@13.0.3 /app/Shop.deps.json',
	]);
});

test('nuget: what is not such a file is a problem and hides packages', async () => {
	for (const body of ['', '{', 'null', '[]', '{"libraries":null}', '{"__proto__":{"libraries":{}}}']) {
		const { packages, problems, blindSpots } = await nuget.catalog(rootfs({ '/app/x.deps.json': body }), system);
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
});
