import type { Unseen } from '../../model/need.ts';

/** Told for completeness; nothing of what it hides can decide whether the application runs. */
const harmless = new Set(['plain-node-modules', 'unseen-user', 'unseen-packages', 'unseen-text', 'unseen-deployment']);
/** Where packages of a distribution put their files. */
const ofPackages = /^\/(usr|bin|sbin|lib\w*|etc|opt|var)(\/|$)/;

/** A source file looked for in PATH: no package brings it. */
const ownSource = /\/s?bin\/[^/]+\.([cm]?[jt]s|py|rb|php|jar)$/;

/** The problems that an answer `runs` would have to see first. */
export function deciding(unseen: readonly Unseen[]): readonly Unseen[] {
	return unseen.filter((problem) => !harmless.has(problem.code));
}

/** The first problem that may hide a file at this absolute path. */
export function unseenAt(unseen: readonly Unseen[], path: string): Unseen | undefined {
	return unseen.find(({ code, where }) => {
		if (code === 'unseen-packages') return ofPackages.test(path) && !ownSource.test(path);
		if (where === '/' && ownSource.test(path)) return false;
		return where === '/' || path === where || path.startsWith(`${where}/`);
	});
}
