import { readFileSync } from 'node:fs';
import { errorCatalogue, exitCodes } from '../../src/model/errors.ts';
import { limits } from '../../src/model/limits.ts';

/** docs/errors.md, made from the catalogue that every error comes from. */
export function errorsPage(): string {
	const rows = Object.entries(errorCatalogue).map(([code, { exit, hint }]) => `| \`${code}\` | ${exit} | ${hint} |`);
	const { yes, no, usage, input, defect } = exitCodes;
	return page([
		'# Errors and exit codes',
		'',
		'<!-- made from src/model/errors.ts by "npm run docs"; change it there -->',
		'',
		'| exit code | means |',
		'| --- | --- |',
		`| ${yes} | yes: it fits, a base is recommended, the gate holds |`,
		`| ${no} | no: it does not fit, none is recommended, the gate fails |`,
		`| ${usage} | the command or the configuration is wrong |`,
		`| ${input} | an input could not be had or read |`,
		`| ${defect} | a defect of Footing |`,
		'',
		'An error says what could not be done, to what, and why, then a hint. With `--format json` its code stands in `problems` when it',
		'concerns one input of several. Codes do not change; a code is one of these:',
		'',
		'| code | exit code | what to do |',
		'| --- | --- | --- |',
		...rows,
	]);
}

/** docs/limits.md, made from the constants and the comment above each. */
export function limitsPage(): string {
	const source = readFileSync(new URL('../../src/model/limits.ts', import.meta.url), 'utf8');
	const comments = new Map([...source.matchAll(/\/\*\* (.*) \*\/\n\t(\w+):/g)].map(([, comment, name]) => [name, comment]));
	const rows = Object.entries(limits).map(([name, value]) => {
		const comment = comments.get(name);
		if (comment === undefined) throw new Error(`src/model/limits.ts does not say what ${name} is about`);
		return `| \`${name}\` | ${amount(value)} | ${comment} |`;
	});
	return page([
		'# Limits',
		'',
		'<!-- made from src/model/limits.ts by "npm run docs"; change it there -->',
		'',
		'Images, archives and registries may be hostile: every read has a limit. What is beyond one ends with an error of the code',
		'`limit` that names it, or becomes a problem in the report and a blind spot of the counts that it makes uncertain.',
		'',
		'| limit | at most | of |',
		'| --- | --- | --- |',
		...rows,
	]);
}

/** Counts are written without a factor of 1,024 in the source, sizes with one. */
function amount(value: number): string {
	if (value < 4096 || value % 1024 !== 0) return value.toLocaleString('en-US');
	const [unit, size] = value % 1024 ** 2 === 0 ? ['MiB', value / 1024 ** 2] : ['KiB', value / 1024];
	return `${size.toLocaleString('en-US')} ${unit}`;
}

function page(lines: readonly string[]): string {
	return `${lines.join('\n')}\n`;
}
