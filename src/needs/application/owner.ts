/** Names given to `--chown` become negative ids, so that a tree stays numeric; `Application.ownerNames` tells them. */
export interface Owners {
	readonly names: ReadonlyMap<number, string>;
	/** `user[:group]`; without a group the group is the user's name or number (Dockerfile reference, "COPY --chown"). */
	of(chown: string): { readonly uid: number; readonly gid: number };
}

export function newOwners(): Owners {
	const names = new Map<number, string>();
	const ids = new Map<string, number>();
	const id = (name: string): number => {
		if (/^\d{1,10}$/.test(name)) return Number.parseInt(name, 10);
		if (name === 'root') return 0;
		const known = ids.get(name) ?? -1 - ids.size;
		ids.set(name, known);
		names.set(known, name);
		return known;
	};
	return {
		names,
		of(chown) {
			const [user = '', group = user] = chown.split(':');
			return chown === '' ? { uid: 0, gid: 0 } : { uid: id(user), gid: id(group) };
		},
	};
}
