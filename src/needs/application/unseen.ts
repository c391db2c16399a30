import type { Problem } from '../../model/problem.ts';

/** Told for completeness; nothing of what it hides can decide whether the application runs. */
const harmless = new Set(['plain-node-modules', 'unseen-user']);

/** The problems that an answer `runs` would have to see first. */
export function deciding(unseen: readonly Problem[]): readonly Problem[] {
	return unseen.filter((problem) => !harmless.has(problem.code));
}

/** The first problem that may hide a file at this absolute path. */
export function unseenAt(unseen: readonly Problem[], path: string): Problem | undefined {
	return unseen.find(({ where }) => where === '/' || path === where || path.startsWith(`${where}/`));
}
