import { fields } from './fields.ts';
import type { MappingShape, Shape } from './shape.ts';

/** The page docs/configuration.md, made from the table that checks the file. */
export function configurationPage(): string {
	return `${[
		'# footing.yaml',
		'',
		'<!-- made from src/configuration/fields.ts by "npm run docs"; change it there -->',
		'',
		fields.about,
		'',
		'It stands in the directory of the application, or where `--config FILE` says. It is YAML 1.2, one document, without custom',
		'tags. An unknown field is an error, and every error names its line and column. Editors complete and check it with',
		'`schemas/footing.schema.json`:',
		'',
		'```yaml',
		'# yaml-language-server: $schema=./node_modules/footing/schemas/footing.schema.json',
		...exampleOf(fields, 0),
		'```',
		'',
		'| field | what | without it |',
		'| --- | --- | --- |',
		...rowsOf(fields, ''),
	].join('\n')}\n`;
}

function exampleOf({ fields: named }: MappingShape, indent: number): readonly string[] {
	const margin = ' '.repeat(indent);
	return Object.entries(named).flatMap(([name, shape]) => {
		if (shape.kind === 'mapping') return [`${margin}${name}:`, ...exampleOf(shape, indent + 2)];
		return shape.example === undefined ? [] : [`${margin}${name}: ${shape.example}`];
	});
}

function rowsOf({ fields: named }: MappingShape, prefix: string): readonly string[] {
	return Object.entries(named).flatMap(([name, shape]) => [row(`${prefix}${name}`, shape), ...inner(`${prefix}${name}`, shape)]);
}

function inner(path: string, shape: Shape): readonly string[] {
	if (shape.kind === 'mapping') return rowsOf(shape, `${path}.`);
	if (shape.kind === 'list') return inner(`${path}[]`, shape.of);
	return shape.kind === 'either' ? inner(path, shape.long) : [];
}

function row(path: string, shape: Shape): string {
	const values =
		shape.kind === 'text' && shape.values !== undefined ? ` One of ${shape.values.map((value) => `\`${value}\``).join(', ')}.` : '';
	return `| \`${path}\` | ${shape.about}${values} | ${shape.without ?? ''} |`;
}
