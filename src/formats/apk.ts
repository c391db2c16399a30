import type { Problem } from '../model/problem.ts';
import { ownedPaths } from './owned-paths.ts';

export interface ApkRecord {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
	/** `o:`, the package it was built from. */
	readonly origin?: string;
	/** Absolute paths as the database writes them. */
	readonly files: readonly string[];
	/** Line of the record's first field, counted from 1. */
	readonly line: number;
}

type Draft = { -readonly [K in keyof ApkRecord]: ApkRecord[K] } & { files: string[] };

const maxProblems = 100;

/**
 * Records of apk's `installed` database (apk v2 index format): one letter and a colon before each value, an empty line
 * after each record. `F:` opens a directory, `R:` names a file in it.
 */
export function readApkInstalled(
	bytes: Uint8Array,
	where: string,
): { readonly records: readonly ApkRecord[]; readonly problems: readonly Problem[] } {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const records: ApkRecord[] = [];
	const problems: Problem[] = [];
	let draft: Draft | undefined;
	const join = ownedPaths();
	let directory = '/';
	let line = 0;
	const close = (): void => {
		if (draft === undefined) return;
		if (draft.name !== '' && draft.version !== '') records.push(draft);
		else if (problems.length < maxProblems)
			problems.push({ code: 'broken-apk-database', where, message: `the record at line ${draft.line} has no name or version` });
		draft = undefined;
	};
	for (let at = 0; at < buffer.length; ) {
		const newline = buffer.indexOf(0x0a, at);
		const end = newline === -1 ? buffer.length : newline;
		line += 1;
		if (end === at) close();
		else if (buffer[at + 1] === 0x3a) {
			draft ??= { name: '', version: '', architecture: '', files: [], line };
			const key = buffer[at] as number;
			if (key === 0x46 /* F */) directory = value(buffer, at, end) === '' ? '/' : `/${value(buffer, at, end)}/`;
			else if (key === 0x52 /* R */) {
				const path = join(directory, value(buffer, at, end));
				if (path !== undefined) draft.files.push(path);
			} else field(draft, key, buffer, at, end);
		}
		at = end + 1;
	}
	close();
	return { records, problems };
}

function field(draft: Draft, key: number, buffer: Buffer, at: number, end: number): void {
	if (key === 0x50 /* P */) draft.name = value(buffer, at, end);
	else if (key === 0x56 /* V */) draft.version = value(buffer, at, end);
	else if (key === 0x41 /* A */) draft.architecture = value(buffer, at, end);
	else if (key === 0x6f /* o */) draft.origin = value(buffer, at, end);
}

function value(buffer: Buffer, at: number, end: number): string {
	return buffer.toString('utf8', at + 2, end).trim();
}
