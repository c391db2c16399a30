import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zip } from '../../../test/support/jar.ts';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { maven } from './maven.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };

function pom(group: string, artifact: string, version: string): Record<string, string> {
	return {
		[`META-INF/maven/${group}/${artifact}/pom.properties`]: `#Created by Apache Maven\r\nversion=${version}\r\ngroupId = ${group}\r\nartifactId=${artifact}\r\n`,
	};
}

function manifest(lines: Readonly<Record<string, string>>): Record<string, string> {
	const text = Object.entries({ 'Manifest-Version': '1.0', ...lines }).map(([name, value]) => `${name}: ${value}\r\n`);
	return { 'META-INF/MANIFEST.MF': `${text.join('')}\r\n` };
}

async function found(files: Readonly<Record<string, Uint8Array>>): Promise<readonly string[]> {
	const { packages } = await maven.catalog(rootfs(files), system);
	return packages.map(({ name, version }) => `${name} ${version}`);
}

const cases: readonly (readonly [title: string, path: string, body: Uint8Array, expected: readonly string[]])[] = [
	['coordinates that Maven wrote', '/app/x.jar', zip(pom('org.slf4j', 'slf4j-api', '2.0.17')), ['org.slf4j:slf4j-api 2.0.17']],
	[
		'a shaded archive has those of its libraries and its own',
		'/app/wagon-http-3.5.3-shaded.jar',
		zip({ ...pom('commons-codec', 'commons-codec', '1.15'), ...pom('org.apache.maven.wagon', 'wagon-http', '3.5.3') }),
		['commons-codec:commons-codec 1.15', 'org.apache.maven.wagon:wagon-http 3.5.3'],
	],
	[
		'one with the coordinates of its libraries only is told by its file name beside them',
		'/app/tool-all-7.1.jar',
		zip({ ...pom('a.b', 'c', '1'), ...pom('a.b', 'd', '2') }),
		['a.b:c 1', 'a.b:d 2', 'tool-all 7.1'],
	],
	[
		'an OSGi bundle: the name holds the group',
		'/app/jakarta.inject-api-2.0.1.jar',
		zip(manifest({ 'Bundle-SymbolicName': 'jakarta.inject.jakarta.inject-api;singleton:=true', 'Bundle-Version': '2.0.1.0' })),
		['jakarta.inject:jakarta.inject-api 2.0.1'],
	],
	[
		'the group is the id of the vendor',
		'/app/driver.jar',
		zip(manifest({ 'Implementation-Vendor-Id': 'com.mysql', 'Implementation-Version': '8.0.33 (build 1)' })),
		['com.mysql:driver 8.0.33'],
	],
	['a name and a version in the file name alone', '/app/guava-31.1-jre.jar', zip({ 'a.class': '' }), ['guava 31.1-jre']],
	['a digit inside the name', '/app/log4j-1.2-api-2.17.1.jar', zip({}), ['log4j-1.2-api 2.17.1']],
	['a snapshot with its time', '/app/x-1.0-20230101.123456-1.jar', zip({}), ['x 1.0-20230101.123456-1']],
	['a name alone is no component', '/app/classes.jar', zip(manifest({})), []],
	['a template is no coordinate', '/app/x.jar', zip(pom('${project.groupId}', 'x', '1')), []],
	['the directory of Zip64', '/app/x.jar', zip(pom('a', 'b', '1'), { wide: true }), ['a:b 1']],
	['a self-starting archive', '/app/x.jar', Buffer.concat([Buffer.from('#!/bin/sh\n'), zip(pom('a', 'b', '1'))]), ['a:b 1']],
];

for (const [title, path, body, expected] of cases)
	test(`maven: ${title}`, async () => {
		assert.deepEqual(await found({ [path]: body }), expected);
	});

test('maven: archives in archives, stored and deflated, with the way to them', async () => {
	const inner = zip(pom('org.yaml', 'snakeyaml', '2.2'));
	const jar = zip({
		...manifest({ 'Start-Class': 'demo.Main' }),
		'BOOT-INF/lib/a-1.0.jar': zip({}),
		'BOOT-INF/lib/snakeyaml-2.2.jar': inner,
		'BOOT-INF/lib/b.jar': inner,
	});
	const ear = zip({ 'META-INF/application.xml': '', 'web.war': zip({ 'WEB-INF/classes/x': '', 'WEB-INF/lib/c-3.jar': jar }) });
	const { packages, problems } = await maven.catalog(rootfs({ '/srv/app.ear': ear }), system);
	assert.deepEqual(problems, []);
	assert.deepEqual(
		packages.map((p) => `${p.purl} ${p.because.path}`),
		[
			'pkg:maven/c@3 /srv/app.ear!/web.war!/WEB-INF/lib/c-3.jar',
			'pkg:maven/a@1.0 /srv/app.ear!/web.war!/WEB-INF/lib/c-3.jar!/BOOT-INF/lib/a-1.0.jar',
			'pkg:maven/org.yaml/snakeyaml@2.2 /srv/app.ear!/web.war!/WEB-INF/lib/c-3.jar!/BOOT-INF/lib/snakeyaml-2.2.jar',
			'pkg:maven/org.yaml/snakeyaml@2.2 /srv/app.ear!/web.war!/WEB-INF/lib/c-3.jar!/BOOT-INF/lib/b.jar',
		],
	);
});

test('maven: what is broken, nested too deep or too large when unpacked is a problem and hides packages', async () => {
	let deep = zip({ 'x-1.jar': zip({}) });
	for (let i = 0; i < 12; i += 1) deep = zip({ 'x-1.jar': deep });
	const bomb = zip({
		'a-1.jar': zip({}),
		'b-1.jar': new Uint8Array(200 * 1024 * 1024),
		'c.txt': '',
		'd-1.jar': new Uint8Array(100 * 1024 * 1024),
	});
	const damaged = Buffer.from(zip({ 'a.txt': '', 'b-1.jar': zip(pom('a', 'b', '1')) }));
	damaged.fill(0xee, 70, 90);
	for (const body of [Buffer.from('no archive'), deep, bomb, damaged]) {
		const { problems, blindSpots } = await maven.catalog(rootfs({ '/x.jar': body }), system);
		assert.deepEqual([problems.length, blindSpots.length, blindSpots[0]?.hides], [1, 1, ['packages']]);
	}
});
