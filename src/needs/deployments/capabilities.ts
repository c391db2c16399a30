/** Whether root could no longer become another user (setuid(2), setgroups(2)); both are in the set that engines give. */
export function mayNotSwitch(dropped: readonly string[], added: readonly string[]): boolean {
	const names = (list: readonly string[]): ReadonlySet<string> => new Set(list.map((name) => name.toUpperCase().replace(/^CAP_/, '')));
	const [gone, back] = [names(dropped), names(added)];
	return ['SETUID', 'SETGID'].some((name) => (gone.has('ALL') || gone.has(name)) && !back.has('ALL') && !back.has(name));
}
