import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileCapability } from './file-capability.ts';

// struct vfs_cap_data in hexadecimal, as getfattr -e hex prints it; the texts are getcap's
const rows: readonly (readonly [value: string, expected: string])[] = [
	['0100000200200000000000000000000000000000', 'cap_net_raw=ep'],
	['0000000200200000000000000000000000000000', 'cap_net_raw=p'],
	['0100000200040000000000000000000000000000', 'cap_net_bind_service=ep'],
	['0100000202000000020000000000000000000000', 'cap_dac_override=eip'],
	['0100000200000000000000000100000000000000', 'cap_mac_override=ep'],
	['0100000300200000000000000000000000000000e8030000', 'cap_net_raw=ep [rootid=1000]'],
	['010000010020000000000000', 'cap_net_raw=ep'],
	['0000000200000000000000000000000000000000', 'no capability'],
	['0100000200200000', 'capabilities in an unknown form'],
	['', 'capabilities in an unknown form'],
	['01000009', 'capabilities in an unknown form'],
];
for (const [value, expected] of rows) {
	test(`file capabilities: ${value === '' ? 'no bytes' : value}`, () =>
		assert.equal(readFileCapability(Buffer.from(value, 'hex')), expected));
}
