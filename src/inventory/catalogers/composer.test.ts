import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { composer } from './composer.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const vendor = '/app/vendor/composer';

async function found(tree: Parameters<typeof rootfs>[0]) {
	return composer.catalog(rootfs(tree), system);
}

const installedPhp = `<?php return array(
    'root' => array(
        'name' => 'acme/shop',
        'pretty_version' => 'dev-main',
        'version' => 'dev-main',
        'install_path' => __DIR__ . '/../../',
        'aliases' => array(),
        'dev' => false,
    ),
    'versions' => array(
        'acme/shop' => array(
            'pretty_version' => 'dev-main',
            'dev_requirement' => false,
        ),
        'monolog/monolog' => array(
            'pretty_version' => '3.7.0',
            'version' => '3.7.0.0',
            'dev_requirement' => false,
        ),
        'psr/log-implementation' => array(
            'dev_requirement' => false,
            'provided' => array(
                0 => '3.0.0',
            ),
        ),
    ),
);
`;

test('composer: the list of Composer 2 and of Composer 1', async () => {
	const list = [
		{ name: 'Monolog/Monolog', version: '3.7.0', version_normalized: '3.7.0.0' },
		{ name: 'symfony/console', version: 'v6.4.1' },
		{ name: 'acme/tool', version: 'dev-main' },
	];
	for (const document of [list, { packages: list, dev: true, 'dev-package-names': ['acme/tool'] }]) {
		const { packages, problems } = await found({ [`${vendor}/installed.json`]: JSON.stringify(document) });
		assert.deepEqual(problems, []);
		assert.deepEqual(
			packages.map((p) => p.purl),
			['pkg:composer/monolog/monolog@3.7.0', 'pkg:composer/symfony/console@v6.4.1', 'pkg:composer/acme/tool@dev-main'],
		);
	}
});

test('composer: installed.php where installed.json is gone, without the application and without what is only provided', async () => {
	const { packages, problems } = await found({ [`${vendor}/installed.php`]: installedPhp });
	assert.deepEqual(problems, []);
	assert.deepEqual(
		packages.map((p) => p.purl),
		['pkg:composer/monolog/monolog@3.7.0'],
	);
	const both = await found({ [`${vendor}/installed.php`]: installedPhp, [`${vendor}/installed.json`]: '{"packages":[]}' });
	assert.deepEqual(both.packages, []);
});

test('composer: a broken list is a problem and hides packages; entries that are none are left out', async () => {
	for (const [name, body] of [
		['json', '{"packages":'],
		['json', '{}'],
		['json', '7'],
		['php', ''],
		['php', '<?php return array();'],
	] as const) {
		const { packages, problems, blindSpots } = await found({ [`${vendor}/installed.${name}`]: body });
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
	const odd = [null, 7, { name: 'a/b' }, { name: '../../x', version: '1' }, { name: 'a/b', version: {} }, { name: 'a/b', version: '1' }];
	assert.equal((await found({ [`${vendor}/installed.json`]: JSON.stringify(odd) })).packages.length, 1);
});
