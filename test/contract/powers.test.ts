import assert from 'node:assert/strict';
import { test } from 'node:test';
import { powersOf } from '../../src/model/capability.ts';
import type { Count, Surface } from '../../src/model/surface.ts';
import { meansOf } from '../../src/verify/means.ts';
import { fullSurface } from '../support/reports.ts';
import { rootfs } from '../support/rootfs.ts';

/** What is counted and what a rehearsal tries say the same of each program that it speaks the language of. */
const spoken = { shells: ['bash', 'dash', 'ash', 'busybox', 'zsh', 'mksh'], interpreters: ['node', 'nodejs', 'python3.11', 'perl'] };

for (const [kind, names] of Object.entries(spoken))
	for (const name of names)
		test(`${name}: a rehearsal tries no more than is counted, and no less of what it can`, () => {
			const path = `/usr/bin/${name}`;
			const count: Count = { count: 1, items: [{ name, path, because: [] }] };
			const none: Count = { count: 0, items: [] };
			const surface: Surface = { ...fullSurface, shells: none, interpreters: none, [kind]: count };
			const [means] = meansOf(surface, rootfs({ [path]: 'x' }));
			assert.ok(means, 'the rehearsal speaks its language');
			const powers = powersOf(name);
			assert.equal(powers.starts, 'itself');
			for (const tried of [means.fetch, means.connect, means.connectShell])
				if (tried !== undefined) assert.ok(powers.connects, 'it is tried with connections: the table has to know them');
			if (means.rawSocket !== undefined) assert.ok(powers.rawSockets, 'it is tried with raw sockets: the table has to know them');
			if (powers.connects !== undefined && name !== 'zsh') assert.ok(means.fetch, 'the table knows of connections: they have to be tried');
			if (powers.rawSockets !== undefined) assert.ok(means.rawSocket, 'the table knows of raw sockets: they have to be tried');
		});
