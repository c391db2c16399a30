import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedOption } from './refused-option.ts';

const rows: readonly (readonly [command: string, musl: string | undefined, glibc?: string])[] = [
	['date --iso-8601=seconds', 'date: unrecognized option: iso-8601=seconds', "date: unrecognized option '--iso-8601=seconds'"],
	['date -Iseconds', undefined],
	['date -u +%s', undefined],
	['date -d yesterday', "date: invalid date 'yesterday'"],
	['date -d @1', undefined],
	['grep -P x y', 'grep: unrecognized option: P', "grep: invalid option -- 'P'"],
	['grep -rnE x y', undefined],
	['grep -e -P y', undefined],
	['grep -- -P y', undefined],
	['ls -la --color=auto /x', undefined],
	['ls --time-style=x', 'ls: unrecognized option: time-style=x'],
	['cp file --preserve=mode x', 'cp: unrecognized option: preserve=mode'],
	['mkdir --par x', undefined],
	['find . -name x -printf %f', 'find: unrecognized: -printf'],
	['timeout 5 node --x', undefined],
	['env -S x', 'env: unrecognized option: S'],
	['sed -i.bak s/a/b/ x', undefined],
	['wget -qO- --no-verbose --tries=1 --spider http://x', undefined],
	['wget -nv x', undefined],
	['tail -n +2 x', undefined],
	['nothing --known', undefined],
];
for (const [command, musl, glibc] of rows)
	test(`BusyBox: ${command}`, () => {
		const [applet = '', ...words] = command.split(' ');
		assert.equal(refusedOption(applet, words, true), musl);
		if (glibc !== undefined) assert.equal(refusedOption(applet, words, false), glibc);
	});
