import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { System } from '../model/package.ts';
import { endOfLifeOf, type RuntimeVersion } from './end-of-life.ts';
import { distributions, distrolessSeries, runtimes } from './end-of-life-dates.ts';

const today = new Date('2026-11-25T12:00:00Z');

const rows: readonly { readonly title: string; readonly system: string; readonly runtimes?: string; readonly ends: string }[] = [
	{ title: 'Debian 11: its long-term support is over', system: 'debian 11', ends: 'Debian 11 2026-08-31 past' },
	{ title: 'Debian 12: past regular, within long-term support', system: 'debian 12', ends: 'Debian 12 2028-06-30' },
	{
		title: 'distroless stops rebuilding before Debian stops mending',
		system: 'debian 12 Distroless',
		ends: 'Debian 12 2028-06-30, Distroless on Debian 12 2026-09-01 past',
	},
	{ title: 'distroless on 13 has no end yet', system: 'debian 13 Distroless', ends: 'Debian 13 2030-06-30' },
	{ title: 'Alpine by branch, not by patch', system: 'alpine 3.20.3', ends: 'Alpine Linux 3.20 2026-04-01 past' },
	{ title: 'an Alpine that is not in the table is unknown', system: 'alpine 3.99.0', ends: '' },
	{ title: 'Ubuntu', system: 'ubuntu 24.04', ends: 'Ubuntu 24.04 2029-05-31' },
	{ title: 'UBI by major', system: 'rhel 9.7', ends: 'Red Hat Enterprise Linux 9 2032-05-31' },
	{ title: 'rolling Wolfi is unknown', system: 'wolfi 20230201', ends: '' },
	{ title: 'no os-release at all', system: 'unknown', ends: '' },
	{
		title: 'Node.js of the official image',
		system: 'debian 12',
		runtimes: 'node 20.20.2',
		ends: 'Debian 12 2028-06-30, Node.js 20 2026-04-30 past',
	},
	{ title: 'Node.js of distroless, recorded as a package', system: 'unknown', runtimes: 'nodejs 24.4.0', ends: 'Node.js 24 2028-04-30' },
	{
		title: 'Node.js packaged by Debian ends with Debian',
		system: 'debian 12',
		runtimes: 'nodejs 18.20.4+dfsg-1~deb12u1',
		ends: 'Debian 12 2028-06-30',
	},
	{
		title: 'Node.js packaged by Alpine ends with Alpine',
		system: 'alpine 3.22.1',
		runtimes: 'nodejs 22.16.0-r2',
		ends: 'Alpine Linux 3.22 2027-05-01',
	},
	{ title: 'Python 3.10 ended last month', system: 'unknown', runtimes: 'python 3.10.19', ends: 'Python 3.10 2026-10-31 past' },
	{
		title: 'Temurin as a package of its own',
		system: 'unknown',
		runtimes: 'temurin-21-jre 21.0.9.0.0+10-0',
		ends: 'Java (Eclipse Temurin) 21 2029-12-31',
	},
	{ title: 'Java 17 by its long version', system: 'unknown', runtimes: 'java 17.0.11+9', ends: 'Java (Eclipse Temurin) 17 2027-10-31' },
	{
		title: '.NET 8 and 9 ended on the same day',
		system: 'unknown',
		runtimes: 'dotnet 8.0.30, dotnet 9.0.19',
		ends: '.NET 8 2026-11-10 past, .NET 9 2026-11-10 past',
	},
	{
		title: 'a runtime in several packages is told once',
		system: 'unknown',
		runtimes: 'node 22.1.0, nodejs 22.9.0',
		ends: 'Node.js 22 2027-04-30',
	},
	{ title: 'other packages say nothing', system: 'unknown', runtimes: 'nodejs-doc 20.1.0, python3-yaml 6.0', ends: '' },
	{ title: 'names of object members are no releases', system: 'debian constructor', runtimes: 'node __proto__', ends: '' },
];

for (const { title, system, runtimes: listed = '', ends } of rows) {
	test(title, () => {
		const found = endOfLifeOf(systemOf(system), runtimesOf(listed), today);
		assert.equal(found.map((end) => `${end.what} ${end.date}${end.past ? ' past' : ''}`).join(', '), ends);
	});
}

test('the last day itself is still supported', () => {
	const [end] = endOfLifeOf(systemOf('debian 11'), [], new Date('2026-08-31T23:00:00Z'));
	assert.equal(end?.past, false);
});

test('every entry of the table is a real date and names its page', () => {
	for (const { product, source, means, ends } of [...distributions.values(), ...runtimes.values(), distrolessSeries]) {
		assert.match(source, /^https:\/\//, product);
		assert.notEqual(means, '');
		for (const [release, date] of Object.entries(ends))
			assert.equal(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10), date, `${product} ${release}`);
	}
});

function systemOf(text: string): System {
	const [id = 'unknown', versionId, name] = text.split(' ');
	return {
		id,
		...(versionId === undefined ? {} : { versionId }),
		...(name === undefined ? {} : { name }),
		libc: { family: 'unknown', because: [] },
		because: [],
	};
}

function runtimesOf(text: string): readonly RuntimeVersion[] {
	return text === '' ? [] : text.split(', ').map((one) => ({ name: one.split(' ')[0] ?? '', version: one.split(' ')[1] ?? '' }));
}
