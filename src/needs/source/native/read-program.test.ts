import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ElfSpec, elf } from '../../../../test/support/elf.ts';
import { glibcPath, muslPath } from '../../../../test/support/loaders.ts';
import { readNativeProgram } from './read-program.ts';

const onGlibc: ElfSpec = { interpreter: glibcPath, needed: ['libc.so.6'] };
const onMusl: ElfSpec = { interpreter: muslPath, needed: ['libc.so'] };
const texts = (...list: readonly string[]): string => `\0${list.join('\0')}\0`;
/** A server: it takes many functions from its libraries. */
const many = Array.from({ length: 200 }, (_, i) => `f${i}`);

const rows: readonly (readonly [title: string, spec: ElfSpec, expected: readonly string[]])[] = [
	['nothing of the system', { ...onGlibc, imports: ['puts', 'malloc'], tail: texts('hello', '/bin/sh', 'Europe/Berlin') }, []],
	['system()', { ...onGlibc, imports: ['system'], tail: texts('hello world') }, ['required shell /bin/sh: calls system()']],
	[
		'popen() with a command that can be told',
		{ ...onGlibc, imports: ['popen'], tail: texts('date +%Y', 'a sentence of words') },
		['required shell /bin/sh date +%Y false: calls popen()'],
	],
	['a server that can call system()', { ...onGlibc, imports: ['system', ...many] }, ['possible shell /bin/sh: calls system()']],
	[
		'a static program with its symbol table',
		{ type: 'executable', dynamic: false, functions: ['system'], tail: texts('GLIBC_TUNABLES') },
		['required shell /bin/sh: calls system()'],
	],
	[
		'execl() of one path',
		{ ...onGlibc, imports: ['execl'], tail: texts('/usr/bin/env') },
		['required program /usr/bin/env: calls execl() and names /usr/bin/env'],
	],
	[
		'a time zone',
		{ ...onGlibc, imports: ['tzset', 'localtime'], tail: texts('TZ=Europe/Berlin', 'Nowhere/Berlin') },
		['required zone Europe/Berlin: calls tzset() and names Europe/Berlin'],
	],
	[
		'a table of time zones',
		{ ...onGlibc, imports: ['tzset'], tail: texts('Europe/Berlin', 'Europe/Paris', 'Asia/Tokyo', 'America/Lima') },
		[],
	],
	[
		'a locale',
		{ ...onGlibc, imports: ['setlocale'], tail: texts('de_DE.UTF-8', 'C.UTF-8') },
		['likely locale de_DE.UTF-8: calls setlocale() and names de_DE.UTF-8'],
	],
	['musl takes any locale', { ...onMusl, imports: ['setlocale'], tail: texts('de_DE.UTF-8') }, []],
	[
		'files of the base, its own loader left out',
		{ ...onGlibc, imports: ['fopen'], tail: texts('/etc/ssl/certs/ca-certificates.crt', '/tmp/x', '/proc/self/maps') },
		['likely file /etc/ssl/certs/ca-certificates.crt: calls fopen() and names /etc/ssl/certs/ca-certificates.crt'],
	],
	[
		'character sets',
		{ ...onGlibc, imports: ['iconv_open'], tail: texts('UTF-8', 'latin1', 'ISO-8859-15//TRANSLIT', 'some text') },
		[
			'required character-sets UTF-8,latin1,ISO-8859-15//TRANSLIT glibc false: calls iconv_open() and names UTF-8, latin1, ISO-8859-15//TRANSLIT',
		],
	],
	[
		'the tables of musl in a static program',
		{ type: 'executable', dynamic: false, functions: ['iconv_open'], tail: texts('utf8', 'latin1', 'EUC-JP') },
		['required character-sets EUC-JP musl true: calls iconv_open() and names EUC-JP'],
	],
	[
		'a library by its name',
		{ ...onGlibc, imports: ['dlopen'], tail: texts('libz.so.1', 'libgcc_s.so.1', 'libc.so.6', 'lib.so.txt') },
		['likely library libz.so.1 glibc false: calls dlopen() and names libz.so.1'],
	],
];
for (const [title, spec, expected] of rows)
	test(`compiled program: ${title}`, () => {
		const facts = readNativeProgram('/app', elf(spec)) ?? [];
		assert.deepEqual(
			facts.map(({ action, certainty, because }) => {
				const words = Object.values(action).flatMap((value) =>
					typeof value === 'object' && !Array.isArray(value)
						? Object.values(value)
						: Array.isArray(value) && value.length === 0
							? []
							: [value],
				);
				return `${certainty} ${words.join(' ')}: ${because.shows}`;
			}),
			expected,
		);
	});

test('compiled program: what is not one is left to others', () =>
	assert.equal(readNativeProgram('/app', Buffer.from('#!/bin/sh\n')), undefined));
