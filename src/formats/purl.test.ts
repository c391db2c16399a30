import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPurl, type PurlParts } from './purl.ts';

// Components and canonical texts as the specification's examples and its type definitions write them.
const rows: readonly (readonly [title: string, parts: PurlParts, expected: string])[] = [
	[
		'a Debian package',
		{ type: 'deb', namespace: 'debian', name: 'curl', version: '7.50.3-1', qualifiers: { arch: 'i386', distro: 'jessie' } },
		'pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie',
	],
	[
		'an epoch keeps its colon, plus and tilde',
		{ type: 'deb', namespace: 'debian', name: 'libstdc++6', version: '1:12.2.0-14+deb12u1~rc1' },
		'pkg:deb/debian/libstdc%2B%2B6@1:12.2.0-14%2Bdeb12u1~rc1',
	],
	['no namespace', { type: 'gem', name: 'jruby-launcher', version: '1.1.2' }, 'pkg:gem/jruby-launcher@1.1.2'],
	['a scope', { type: 'npm', namespace: '@angular', name: 'animation', version: '12.3.1' }, 'pkg:npm/%40angular/animation@12.3.1'],
	[
		'a namespace of several segments and a subpath',
		{ type: 'golang', namespace: 'google.golang.org', name: 'genproto', version: 'abcdedf', subpath: '/googleapis/api/annotations/' },
		'pkg:golang/google.golang.org/genproto@abcdedf#googleapis/api/annotations',
	],
	['dots leave a subpath', { type: 'npm', name: 'a', subpath: '../b/./c' }, 'pkg:npm/a#b/c'],
	[
		'qualifiers in order of their keys, empty ones left out',
		{
			type: 'rpm',
			namespace: 'fedora',
			name: 'curl',
			version: '7.50.3-1.fc25',
			qualifiers: { distro: 'fedora-25', ARCH: 'i386', epoch: '' },
		},
		'pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25',
	],
	['the type in lower case', { type: 'NPM', name: 'Foo' }, 'pkg:npm/Foo'],
	[
		'slashes of a qualifier',
		{ type: 'generic', name: 'x', qualifiers: { url: 'https://a/b?c' } },
		'pkg:generic/x?url=https:%2F%2Fa%2Fb%3Fc',
	],
	['what encodeURIComponent leaves', { type: 'generic', name: "a!'()*b" }, 'pkg:generic/a%21%27%28%29%2Ab'],
	['markup and spaces', { type: 'deb', name: '<b> x', version: '1 2' }, 'pkg:deb/%3Cb%3E%20x@1%202'],
	['a stray byte', { type: 'deb', name: 'a\udcffb' }, 'pkg:deb/a%EF%BF%BDb'],
];
for (const [title, parts, expected] of rows) test(`purl: ${title}`, () => assert.equal(formatPurl(parts), expected));
