import { access } from '../../formats/access.ts';
import type { Place } from './course.ts';

/** A file or directory that a program makes. */
export interface Creation {
	/** Absolute, or relative to the working directory. */
	readonly path: string;
	/** As the runtime names the call that fails. */
	readonly call: 'open' | 'mkdir';
	/** Directories above it that the program makes as well, absolute or relative likewise. */
	readonly makes: readonly string[];
}

export interface Permission {
	readonly answer: 'yes' | 'denied' | 'no-entry' | 'unknown';
	/** The file or directory that decides. */
	readonly at: string;
}

/** Whether the user of the place may make or overwrite the file (open(2) with O_CREAT, mkdir(2)). */
export function canCreate(place: Place, { path, makes }: Creation): Permission {
	const { rootfs, who } = place;
	if (/^\/(dev|proc|sys)(\/|$)/.test(path)) return { answer: 'yes', at: path };
	const there = rootfs.resolve(path);
	if (there?.type === 'directory') return { answer: 'yes', at: path };
	if (there !== undefined) return { answer: access(rootfs, path, who, 'write').answer === 'yes' ? 'yes' : 'denied', at: path };
	let directory = parentOf(path);
	while (directory !== '/' && rootfs.resolve(directory) === undefined && makes.includes(directory)) directory = parentOf(directory);
	const entry = rootfs.resolve(directory) ?? (directory === '/' ? rootfs.get('/') : undefined);
	if (entry === undefined && directory !== '/') return { answer: place.mayBeThere(directory) ? 'unknown' : 'no-entry', at: directory };
	const searched = access(rootfs, directory, who, 'execute');
	const written = access(rootfs, directory, who, 'write');
	if (directory === '/' && entry === undefined) return { answer: who.uid === 0 ? 'yes' : 'denied', at: '/' };
	return { answer: searched.answer === 'yes' && written.answer === 'yes' ? 'yes' : 'denied', at: directory };
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
