import { matchesPath } from '../../formats/glob.ts';

/** The rules of a .dockerignore (Docker documentation, ".dockerignore files"): the last rule that matches decides. */
export interface IgnoreRules {
	/** Whether the file with these components is left out of the build context. */
	excludes(path: readonly string[]): boolean;
	/** A directory that is excluded need not be walked unless a `!` rule could bring something in it back. */
	readonly hasExceptions: boolean;
}

interface Rule {
	readonly pattern: readonly string[];
	readonly exception: boolean;
}

export function parseIgnore(text: string): IgnoreRules {
	const rules = text
		.replace(/^\ufeff/, '')
		.split('\n')
		.flatMap(ruleOf);
	return {
		hasExceptions: rules.some((rule) => rule.exception),
		excludes(path) {
			let excluded = false;
			for (const rule of rules) if (rule.exception === excluded && matchesOrParent(rule.pattern, path)) excluded = !rule.exception;
			return excluded;
		},
	};
}

function ruleOf(line: string): readonly Rule[] {
	if (line.startsWith('#')) return [];
	const text = line.trim();
	const exception = text.startsWith('!');
	const pattern: string[] = [];
	for (const part of text
		.slice(exception ? 1 : 0)
		.trim()
		.split('/')) {
		if (part === '..') pattern.pop();
		else if (part !== '' && part !== '.') pattern.push(part);
	}
	return pattern.length === 0 ? [] : [{ pattern, exception }];
}

/** A rule for a directory also covers what is in it. */
function matchesOrParent(pattern: readonly string[], path: readonly string[]): boolean {
	for (let length = path.length; length > 0; length--) if (matchesPath(pattern, path.slice(0, length))) return true;
	return false;
}
