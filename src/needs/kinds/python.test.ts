import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { link } from '../../../test/support/rootfs.ts';
import { python } from './python.ts';

/** A Python of Debian, or of the project itself in /usr/local. */
function pythonBase(minor: number, tag: string, more: StandingSketch['files'] = {}, prefix = '/usr'): StandingSketch {
	const library = `${prefix}/lib/python3.${minor}`;
	return {
		config: { entrypoint: [`${prefix}/bin/python3`] },
		files: {
			[`${prefix}/bin/python3`]: link(`python3.${minor}`),
			[`${prefix}/bin/python3.${minor}`]: elf({ defined: ['Py_BytesMain', 'PyInit_zlib'] }),
			[`${library}/os.py`]: '',
			[`${library}/json/__init__.py`]: '',
			[`${library}/sqlite3/__init__.py`]: '',
			[`${library}/site.py`]: prefix === '/usr' ? 'dist-packages' : 'site-packages',
			[`${library}/lib-dynload/_json.cpython-3${minor}-${tag}.so`]: elf(),
			...more,
		},
	};
}
const gnu = 'x86_64-linux-gnu';
const debian = pythonBase(11, gnu, { '/usr/lib/python3.11/lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so': elf() });
const official = pythonBase(12, gnu, {}, '/usr/local');
const alpine = pythonBase(12, 'x86_64-linux-musl', {}, '/usr/local');

const interpreter = 'required an interpreter of Python 3: holds';
const main = (source: string, files: ApplicationSketch['files'] = {}, more: ApplicationSketch = {}): ApplicationSketch => ({
	command: ['main.py'],
	files: { '/app/main.py': source, ...files },
	...more,
});
const site = '/usr/local/lib/python3.12/site-packages';
const withExtension = (name: string): ApplicationSketch =>
	main('import np', { [`${site}/np/__init__.py`]: 'from . import core', [`${site}/np/${name}`]: elf() });

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	[
		'the standard library',
		main('import json, sqlite3, zlib, sys, os.path'),
		debian,
		[interpreter, 'required the modules json, sqlite3, zlib, sys, os.path: holds'],
	],
	[
		'a module of the standard library that is left out',
		main('import json, distutils'),
		debian,
		[interpreter, "required the modules json, distutils: fails (No module named 'distutils')"],
	],
	[
		'an extension module that is left out',
		main('import sqlite3'),
		official,
		[interpreter, "required the modules sqlite3: fails (No module named '_sqlite3')"],
	],
	[
		'names of a later standard library',
		main('import itertools, collections\nfrom typing import override\ndef f():\n    return itertools.batched([], 2), collections.Mapping'),
		debian,
		[
			interpreter,
			"required Python 3.12 or newer, for typing.override: fails (cannot import name 'override' from 'typing')",
			"required Python 3.12 or newer, for itertools.batched: fails (module 'itertools' has no attribute 'batched')",
			"required Python below 3.10, for collections.Mapping: fails (module 'collections' has no attribute 'Mapping')",
			"required the modules itertools, collections, typing: fails (No module named 'collections')",
		],
	],
	[
		'a name that it can do without',
		main('try:\n    from typing import override\nexcept ImportError:\n    from typing_extensions import override', {
			'/app/typing_extensions.py': '',
		}),
		pythonBase(11, gnu, { '/usr/lib/python3.11/typing.py': '' }),
		[
			interpreter,
			"possible Python 3.12 or newer, for typing.override: fails (cannot import name 'override' from 'typing')",
			'likely the modules typing: holds',
		],
	],
	[
		'the later language',
		main('type A = int\ntype = 1\nmatch = 2'),
		debian,
		[interpreter, 'required Python 3.12 or newer, for type ALIAS =: fails (SyntaxError: invalid syntax)'],
	],
	[
		'match and exception groups',
		main('match x:\n    case 1: pass\ntry:\n    pass\nexcept* ValueError:\n    pass'),
		debian,
		[interpreter, 'required Python 3.11 or newer, for except*: holds'],
	],
	['a pattern of old', main('match(x)\nexcept_ = (A, B)\nclass A(B[T]): pass\ndef f(x: int = a[1]): pass'), debian, [interpreter]],
	[
		'a module that it can do without',
		main('try:\n    import yaml\nexcept ImportError:\n    yaml = None'),
		debian,
		[interpreter, "likely the modules yaml: fails (No module named 'yaml')"],
	],
	[
		'a module of the base',
		main('import yaml'),
		pythonBase(11, gnu, { '/usr/lib/python3/dist-packages/yaml/__init__.py': '' }),
		[interpreter, 'required the modules yaml: holds'],
	],
	[
		'setuptools brings distutils back',
		main('import distutils'),
		pythonBase(12, gnu, { '/usr/lib/python3/dist-packages/_distutils_hack/__init__.py': '' }),
		[interpreter, 'required the modules distutils: holds'],
	],
	[
		'modules of the application',
		main('import a.b\nfrom c import d', { '/app/a/__init__.py': '', '/app/a/b.py': '', '/app/c/d.py': 'import json' }),
		debian,
		[interpreter, 'required the modules json: holds'],
	],
	['no Python', main(''), { files: {} }, ['required an interpreter of Python 3: fails']],
	[
		'an extension for this interpreter',
		withExtension('core.cpython-312-x86_64-linux-gnu.so'),
		official,
		[
			interpreter,
			'required an interpreter for extension modules (cpython-312-x86_64-linux-gnu): holds',
			`required an interpreter that imports from ${site}: holds`,
		],
	],
	[
		'an extension for another minor version',
		withExtension('core.cpython-311-x86_64-linux-gnu.so'),
		official,
		[
			interpreter,
			"required an interpreter for extension modules (cpython-311-x86_64-linux-gnu): fails (No module named '')",
			`required an interpreter that imports from ${site}: holds`,
		],
	],
	[
		'an extension of glibc on musl',
		withExtension('core.cpython-312-x86_64-linux-gnu.so'),
		alpine,
		[
			interpreter,
			"required an interpreter for extension modules (cpython-312-x86_64-linux-gnu): fails (No module named '')",
			`required an interpreter that imports from ${site}: holds`,
		],
	],
	[
		'an extension of the stable interface',
		withExtension('core.abi3.so'),
		alpine,
		[
			interpreter,
			'required an interpreter for extension modules (abi3): holds',
			`required an interpreter that imports from ${site}: holds`,
		],
	],
	[
		'packages where this interpreter does not look',
		main('import np', { [`${site}/np/__init__.py`]: '' }),
		debian,
		[interpreter, `required an interpreter that imports from ${site}: fails (No module named 'np')`],
	],
	[
		'packages that PYTHONPATH names',
		main('import np', { [`${site}/np/__init__.py`]: '' }, { env: { PYTHONPATH: site } }),
		debian,
		[interpreter, `required an interpreter that imports from ${site}: holds`],
	],
	[
		'a virtual environment',
		{
			command: ['gunicorn', 'app:app'],
			env: { PATH: '/venv/bin:/usr/bin' },
			files: {
				'/app/app.py': 'import np',
				'/venv/pyvenv.cfg': 'home = /usr/bin',
				'/venv/bin/python': link('/usr/bin/python3.11'),
				'/venv/bin/gunicorn': { type: 'file', mode: 0o755, body: Buffer.from('#!/venv/bin/python\n'), shebang: '#!/venv/bin/python' },
				'/venv/lib/python3.11/site-packages/np/__init__.py': '',
			},
		},
		{ ...debian, config: {} },
		[interpreter, 'required an interpreter that imports from /venv/lib/python3.11/site-packages: holds'],
	],
	[
		'the minor version of today',
		main('', {}, { base: 'python:3.12-slim' }),
		debian,
		[interpreter, 'likely Python 3.12 or newer, as in python:3.12-slim: fails'],
	],
	[
		'an install that was not seen',
		main('import flask', {}, { unseen: [{ code: 'unseen-run', where: '/', message: 'the effect of pip install is not known' }] }),
		debian,
		[interpreter, 'required the modules flask: unknown'],
	],
	['no Python in the application', { command: ['/app/run'], files: {} }, debian, []],
];
for (const [title, sketch, base, expected] of rows)
	test(`python: ${title}`, async () => assert.deepEqual(lines(await checksOf(python, application(sketch), base)), expected));

test('python: the line of the import that fails is named', async () => {
	const checks = await checksOf(python, application(main('import json\nimport gone')), debian);
	assert.deepEqual(checks[1]?.because, [{ path: '/app/main.py', line: 2, shows: 'import gone: gone is not there' }]);
});
