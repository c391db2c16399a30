import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { classFile, zip } from '../../../test/support/jar.ts';
import { link } from '../../../test/support/rootfs.ts';
import { readJars } from '../source/java/read-jar.ts';
import { java } from './java.ts';

const manifest = 'Manifest-Version: 1.0\r\nMain-Class: com.ex.Ma\r\n in\r\n\r\n';
function javaBase(version: string, modules: string, more: StandingSketch['files'] = {}): StandingSketch {
	const home = '/usr/lib/jvm/java';
	return {
		config: { entrypoint: ['java', '-jar'] },
		files: {
			'/usr/bin/java': link(`${home}/bin/java`),
			[`${home}/bin/java`]: elf(),
			[`${home}/release`]: `JAVA_VERSION="${version}"\nMODULES="${modules}"\n`,
			...more,
		},
	};
}
const java17 = javaBase('17.0.15', 'java.base java.sql java.logging');
const withStore = javaBase('17.0.15', 'java.base java.net.http', { '/usr/lib/jvm/java/lib/security/cacerts': 'k'.repeat(100) });
const jar = (files: Record<string, string | Uint8Array>): ApplicationSketch => ({
	command: ['app.jar'],
	files: { '/app/app.jar': zip({ 'META-INF/MANIFEST.MF': manifest, ...files }) },
});

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	[
		'a jar of the same version',
		jar({ 'com/ex/Main.class': classFile(61) }),
		java17,
		['required a Java runtime: holds', 'required Java 17 or newer: holds'],
	],
	[
		'a jar of a newer version',
		jar({ 'com/ex/Main.class': classFile(65) }),
		java17,
		[
			'required a Java runtime: holds',
			'required Java 21 or newer: fails (java.lang.UnsupportedClassVersionError: com/ex/Main has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0)',
		],
	],
	[
		'classes for newer runtimes beside those for all',
		jar({
			'com/ex/Main.class': classFile(52),
			'META-INF/versions/21/com/ex/Main.class': classFile(65),
			'module-info.class': classFile(65),
		}),
		java17,
		['required a Java runtime: holds', 'required Java 8 or newer: holds'],
	],
	[
		'a library that is newer',
		jar({ 'com/ex/Main.class': classFile(52), 'org/lib/A.class': classFile(65) }),
		java17,
		[
			'required a Java runtime: holds',
			'required Java 8 or newer: holds',
			'likely Java 21 or newer: fails (java.lang.UnsupportedClassVersionError: org/lib/A has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0)',
		],
	],
	[
		'jars in a jar',
		{
			command: ['app.jar'],
			files: {
				'/app/app.jar': zip({
					'META-INF/MANIFEST.MF': 'Main-Class: org.boot.Launcher\nStart-Class: com.ex.Main\n',
					'BOOT-INF/classes/com/ex/Main.class': classFile(61),
					'BOOT-INF/lib/l.jar': zip({ 'l/L.class': classFile(65) }),
				}),
			},
		},
		java17,
		[
			'required a Java runtime: holds',
			'required Java 17 or newer: holds',
			'likely Java 21 or newer: fails (java.lang.UnsupportedClassVersionError: l/L has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0)',
		],
	],
	[
		'modules that were left out',
		jar({ 'com/ex/Main.class': classFile(61, ['java/sql/Driver', '[Ljavax/naming/Context;']) }),
		java17,
		[
			'required a Java runtime: holds',
			'required Java 17 or newer: holds',
			'likely the modules java.sql, java.naming: fails (java.lang.NoClassDefFoundError: javax/naming/Context)',
		],
	],
	[
		'authorities that are not there',
		jar({ 'com/ex/Main.class': classFile(61, ['java/net/URL'], ['https://example.org']) }),
		java17,
		[
			'required a Java runtime: holds',
			'required Java 17 or newer: holds',
			'likely certificate authorities of the Java runtime: fails (java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty)',
		],
	],
	[
		'authorities that are there',
		jar({ 'com/ex/Main.class': classFile(61, ['java/net/URL'], ['https://example.org']) }),
		withStore,
		['required a Java runtime: holds', 'required Java 17 or newer: holds', 'likely certificate authorities of the Java runtime: holds'],
	],
	[
		'a class path',
		{ entrypoint: ['java', '-cp', '/app/lib/*', 'com.ex.Main'], files: { '/app/lib/a.jar': zip({ 'com/ex/Main.class': classFile(61) }) } },
		java17,
		['required a Java runtime: holds', 'required Java 17 or newer: holds'],
	],
	[
		'no Java',
		jar({ 'com/ex/Main.class': classFile(61) }),
		{ files: {} },
		['required a Java runtime: fails', 'required Java 17 or newer: unknown'],
	],
	['no jar', { command: ['/app/run'], files: {} }, java17, []],
];
for (const [title, sketch, base, expected] of rows)
	test(`java: ${title}`, async () => assert.deepEqual(lines(await checksOf(java, application(sketch), base)), expected));

test('java: damaged jars are answered, and never fail', () => {
	const whole = zip({
		'META-INF/MANIFEST.MF': manifest,
		'com/ex/Main.class': classFile(61, ['java/sql/Driver'], ['https://x']),
		'l.jar': zip({ 'a.class': classFile(52) }),
	});
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 10 }), fc.nat(whole.length), (changes, length) => {
			const damaged = Uint8Array.from(whole);
			for (const [at, value] of changes) damaged[at] = value;
			readJars('a.jar', damaged);
			readJars('a.jar', damaged.subarray(0, length));
		}),
		{ numRuns: 1000 },
	);
});
