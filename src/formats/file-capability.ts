/** capabilities(7), in the order of linux/capability.h. */
const names = `chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast
	net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice
	sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm
	block_suspend audit_read perfmon bpf checkpoint_restore`.split(/\s+/);

/**
 * The value of `security.capability` (struct vfs_cap_data, little endian; revisions 1 to 3) as getcap(8) writes it:
 * `cap_net_raw=ep`. A value that is none is told as such.
 */
export function readFileCapability(value: Uint8Array): string {
	const view = new DataView(value.buffer, value.byteOffset, value.length);
	const magic = value.length >= 4 ? view.getUint32(0, true) : 0;
	const revision = magic >>> 24;
	const words = revision === 1 ? 1 : 2;
	const expected = 4 + words * 8 + (revision === 3 ? 4 : 0);
	if (revision < 1 || revision > 3 || value.length !== expected) return 'capabilities in an unknown form';
	const effective = (magic & 1) !== 0;
	const groups = new Map<string, string[]>();
	for (let bit = 0; bit < words * 32; bit += 1) {
		const at = 4 + (bit >> 5) * 8;
		const has = (offset: number): boolean => ((view.getUint32(at + offset, true) >>> (bit & 31)) & 1) !== 0;
		const flags = `${effective && (has(0) || has(4)) ? 'e' : ''}${has(4) ? 'i' : ''}${has(0) ? 'p' : ''}`;
		if (has(0) || has(4)) groups.set(flags, [...(groups.get(flags) ?? []), `cap_${names[bit] ?? bit}`]);
	}
	const text = [...groups].map(([flags, caps]) => `${caps.join(',')}=${flags}`).join(' ');
	const root = revision === 3 ? ` [rootid=${view.getUint32(expected - 4, true)}]` : '';
	return `${text === '' ? 'no capability' : text}${root}`;
}
