import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMadeUsers } from './made-users.ts';

const base = { users: [{ name: 'root', uid: 0, gid: 0, home: '/root' }], groups: [{ name: 'root', gid: 0, members: [] }] };
const rows: readonly (readonly [run: string, users: readonly string[], groups: readonly string[]])[] = [
	['useradd -u 4000 app', ['app 4000:4000 /home/app'], ['app 4000']],
	['groupadd -r -g 70 shop && useradd -r -g shop -u 70 -d /srv -s /bin/false shop', ['shop 70:70 /srv'], ['shop 70']],
	['addgroup -S -g 101 app && adduser -S -D -H -u 100 -G app app', ['app 100:101 /home/app'], ['app 101']],
	['adduser --system --group --uid 999 --home /x app', ['app 999:999 /x'], ['app 999']],
	['adduser --disabled-password --gecos "" --uid 1001 web', ['web 1001:1001 /home/web'], ['web 1001']],
	['adduser -D -u 1000 a; adduser a root', ['a 1000:1000 /home/a'], ['a 1000']],
	['useradd -ms /bin/bash -u 5 b', ['b 5:5 /home/b'], ['b 5']],
	['echo useradd x', [], []],
	['useradd "$NAME"', [], []],
	['if', [], []],
];
for (const [run, users, groups] of rows)
	test(`users made by ${run}`, () => {
		const made = withMadeUsers(base, [{ value: { form: 'shell', text: run }, because: { path: 'Dockerfile', shows: '' } }]);
		assert.deepEqual(
			made.users.slice(1).map((u) => `${u.name} ${u.uid}:${u.gid} ${u.home}`),
			users,
		);
		assert.deepEqual(
			made.groups.slice(1).map((g) => `${g.name} ${g.gid}`),
			groups,
		);
	});

test('a number that the system chooses is nobody else’s', () => {
	const runs = [{ value: { form: 'shell' as const, text: 'useradd a && useradd b' }, because: { path: 'Dockerfile', shows: '' } }];
	const { users } = withMadeUsers(base, runs);
	assert.equal(new Set(users.map(({ uid }) => uid)).size, 3);
});
