import { splitWords, unquote } from '../../formats/dockerfile/words.ts';
import { unknownWord } from '../launch/course.ts';

/** A command in one string, split as a shell would and run without one (Compose: `command`, `entrypoint`). */
export const commandWords = (text: string): readonly string[] => splitWords(text, '\\').map((word) => unquote(word, '\\'));

/**
 * Variables of Compose, taken from the environment and `.env` of whoever runs it: `${NAME:-default}` is its default, `$NAME`
 * is not known, `$$` is a dollar sign.
 */
export function interpolated(text: string): string {
	return text.replace(
		/\$(?:(\$)|\{[A-Za-z_]\w*(?::?-([^{}]*))?\}|\{[^{}]*\}|[A-Za-z_]\w*)/g,
		(_, dollar: string | undefined, otherwise: string | undefined) => dollar ?? otherwise ?? unknownWord,
	);
}

/** `$(NAME)` of Kubernetes: replaced where the container's variables have it, else left as it is; `$$(NAME)` stays `$(NAME)`. */
export function referenced(text: string, env: ReadonlyMap<string, string>): string {
	return text.replace(/\$\$|\$\(([A-Za-z_.-][\w.-]*)\)/g, (all, name: string | undefined) =>
		name === undefined ? '$' : (env.get(name) ?? all),
	);
}

/** `registry.example/team/shop:1.2@sha256:…` is called `shop`. */
export function imageName(reference: string): string {
	const last = reference.slice(reference.lastIndexOf('/') + 1);
	return last.replace(/[:@].*$/, '').toLowerCase();
}

/** A path relative to the build context, without `.`; undefined when it leaves it. */
export function relativePath(...parts: readonly string[]): string | undefined {
	const path: string[] = [];
	for (const part of parts.join('/').split('/')) {
		if (part === '..') {
			if (path.pop() === undefined) return undefined;
		} else if (part !== '' && part !== '.') path.push(part);
	}
	return path.join('/');
}
