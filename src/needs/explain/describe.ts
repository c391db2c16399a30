import { messageKinds } from './messages/index.ts';

/** The kinds of message as a table, for their page. */
export function messageTable(): string {
	const rows = messageKinds.map(({ kind, seen, looks }) => `| \`${kind}\` | ${seen} | ${looks} |`).sort();
	return ['| kind | for instance | what is looked at in the image |', '| --- | --- | --- |', ...rows].join('\n');
}
