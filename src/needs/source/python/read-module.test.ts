import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../fact.ts';
import { readPython } from './read-module.ts';

function told({ kind, ...rest }: Action): string {
	if ('command' in rest && rest.command) return `${rest.shell} -c ${rest.command.text}${rest.command.whole ? '' : '…'}`;
	if ('program' in rest) return [rest.program, ...rest.arguments.map((a) => (a.whole ? a.text : `${a.text}…`))].join(' ');
	return [kind, ...Object.values(rest)].join(' ');
}

const rows: readonly (readonly [title: string, source: string, expected: readonly string[]])[] = [
	['os.system is a shell', "import os\nos.system('ls | wc')", ['required /bin/sh -c ls | wc']],
	['text and comments are not calls', 'import os\n# os.system("a")\n"""os.system("b")"""\nx = "os.system(\'c\')"', []],
	['subprocess with a list', "import subprocess\nsubprocess.run(['git', 'log', x], check=True)", ['required git log …']],
	['subprocess in a shell', "import subprocess as sp\nsp.run('a b', shell=True)", ['required /bin/sh -c a b']],
	[
		'subprocess in a certain shell',
		"from subprocess import check_output as co\nco('a', shell=True, executable='/bin/bash')",
		['required /bin/bash -c a'],
	],
	['whether it is a shell is not known', "import subprocess\nsubprocess.run('a', shell=flag)", []],
	['one program', "import subprocess\nsubprocess.Popen('ls')", ['required ls']],
	['split words', "import subprocess, shlex\nsubprocess.run(shlex.split('git log'))", ['required git']],
	['another name for it', "import subprocess\nrun = subprocess.run\nrun(['tar'])", ['required tar']],
	[
		'asyncio',
		"import asyncio\nasync def f():\n    await asyncio.create_subprocess_exec('git', 'log')\n    await asyncio.create_subprocess_shell('x')",
		['required git log', 'required /bin/sh -c x'],
	],
	['a command that goes on', "import os\nos.system(f'rm {x}')", ['required /bin/sh -c rm …']],
	['a command put together', "import os\nTOOL = 'convert'\nos.system(TOOL + ' a' ' b')", ['required /bin/sh -c convert a b']],
	[
		'inside try, under a condition, with suppress',
		"import os, contextlib\ntry:\n    os.system('a')\nexcept OSError: pass\nif x: os.system('b')\nwith contextlib.suppress(OSError):\n    os.system('c')",
		['likely /bin/sh -c a', 'likely /bin/sh -c b', 'likely /bin/sh -c c'],
	],
	[
		'in a conditional expression',
		"import os\nx = os.system('a') if y else 1\nz = y or os.system('b')",
		['likely /bin/sh -c a', 'likely /bin/sh -c b'],
	],
	[
		'on another platform',
		"import os, sys\nif sys.platform == 'win32':\n    os.system('dir')\nif os.name != 'nt':\n    os.system('ls')",
		['possible /bin/sh -c dir', 'required /bin/sh -c ls'],
	],
	[
		'files',
		"open('/etc/mime.types')\nopen('/var/x', 'w')\nopen('x')",
		['required file /etc/mime.types', 'required make /var/x open false'],
	],
	['files of pathlib', "from pathlib import Path\nPath('/usr/share/x').read_text()\nPath('/etc') / 'y'", ['required file /usr/share/x']],
	[
		'a path put together',
		"import os\nopen(os.path.join('/etc', 'x'))\nopen(os.environ.get('F', '/etc/y'))",
		['required file /etc/x', 'likely file /etc/y'],
	],
	['a file that is asked about first', "import os\nif os.path.exists('/etc/x'):\n    open('/etc/x')", ['possible file /etc/x']],
	[
		'authorities',
		"import urllib.request, ssl\nurllib.request.urlopen('https://a')\nurllib.request.urlopen('http://a')\nssl.create_default_context()\nssl.create_default_context(cafile='x')",
		['required roots', 'likely roots'],
	],
	[
		'zones and locales',
		"from zoneinfo import ZoneInfo\nimport locale\nZoneInfo('Europe/Berlin')\nlocale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')\nlocale.setlocale(locale.LC_ALL, '')",
		['required zone Europe/Berlin', 'required locale de_DE.UTF-8'],
	],
];
for (const [title, source, expected] of rows)
	test(`Python calls: ${title}`, () => {
		assert.deepEqual(
			readPython(source).actions.map(({ action, certainty }) => `${certainty} ${told(action)}`),
			expected,
		);
	});

test('Python imports: every form, and how surely it is come to', () => {
	const source = `import a.b, c as d
from . import e
from ..f.g import (h as i,
    j)
from k import *
try:
    import l
except ImportError:
    l = None
def m():
    import n
if TYPE_CHECKING:
    import o
if __name__ == '__main__':
    import p
import q; import r
importlib = __import__('s')
x = "import t"`;
	assert.deepEqual(
		readPython(source).imports.map((i) =>
			[i.line, '.'.repeat(i.level) + i.module, i.name, i.certainty, i.lazy ? 'lazy' : '', i.asMain ? 'main' : '']
				.filter((part) => part !== undefined && part !== '')
				.join(' '),
		),
		[
			'1 a.b required',
			'1 c required',
			'2 . e required',
			'3 ..f.g h required',
			'3 ..f.g j required',
			'5 k required',
			'7 l likely',
			'11 n required lazy',
			'13 o possible',
			'15 p required main',
			'16 q required',
			'16 r required',
			'17 s likely lazy',
		],
	);
});
