import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { user } from './user.ts';

const passwd = { files: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n' } };
const getuser = 'import getpass\nprint(getpass.getuser())';
const entry = 'required an entry in /etc/passwd for the user: ';

const rows: readonly (readonly [
	title: string,
	code: string,
	as: string,
	env: readonly string[],
	base: StandingSketch,
	expected: readonly string[],
])[] = [
	['a user with an entry', getuser, '1000', [], passwd, [`${entry}holds`]],
	['a number without one', getuser, '12345', [], passwd, [`${entry}fails (getpwuid(): uid not found)`]],
	['a variable stands in for it', getuser, '12345', ['USER'], passwd, [`${entry}holds`]],
	[
		'pwd asks the file alone',
		'import os, pwd\npwd.getpwuid(os.getuid())',
		'12345',
		['USER'],
		passwd,
		[`${entry}fails (getpwuid(): uid not found)`],
	],
	['pwd asked for somebody else', 'import pwd\npwd.getpwuid(0)', '12345', [], passwd, []],
];

for (const [title, code, as, env, on, expected] of rows)
	test(`user: ${title}`, async () => {
		const app = application({
			command: ['main.py'],
			files: { '/app/main.py': code },
			user: as,
			env: Object.fromEntries(env.map((name) => [name, 'x'])),
		});
		assert.deepEqual(lines(await checksOf(user, app, on)), expected);
	});
