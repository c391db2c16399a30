import type { Creation } from '../launch/creation.ts';
import type { Language } from './fact.ts';

const reasons = {
	denied: { text: 'permission denied', code: 'EACCES', python: 'PermissionError: [Errno 13]' },
	absent: { text: 'no such file or directory', code: 'ENOENT', python: 'FileNotFoundError: [Errno 2]' },
	'read-only': { text: 'read-only file system', code: 'EROFS', python: 'OSError: [Errno 30]' },
} as const;

/** What a runtime says when a file or directory cannot be made, in its own words. */
export function refusal(language: Language, why: keyof typeof reasons, call: Creation['call'], path: string): string {
	const { text, code, python } = reasons[why];
	if (language === 'python') return `${python} ${text.charAt(0).toUpperCase()}${text.slice(1)}: '${path}'`;
	if (language === 'go') return `${call} ${path}: ${text}`;
	return `${code}: ${text}, ${call} '${path}'`;
}
