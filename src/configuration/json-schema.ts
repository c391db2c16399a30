import { fields } from './fields.ts';
import type { Shape } from './shape.ts';

/** JSON Schema, draft 2020-12: https://json-schema.org/draft/2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The schema of footing.yaml for editors, made from the table that checks it. */
export function configurationSchema(): JsonSchema {
	return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'footing.yaml', ...schemaOf(fields) };
}

function schemaOf(shape: Shape): JsonSchema {
	const described = { description: shape.about };
	switch (shape.kind) {
		case 'text':
			if (shape.values !== undefined) return { ...described, enum: shape.values };
			return shape.pattern === undefined
				? { ...described, type: ['string', 'number', 'boolean'] }
				: { ...described, type: 'string', pattern: shape.pattern.regexp.source };
		case 'flag':
			return { ...described, type: 'boolean' };
		case 'list':
			return { ...described, type: ['array', 'null'], items: schemaOf(shape.of) };
		case 'table':
			return {
				...described,
				type: ['object', 'null'],
				propertyNames: { pattern: shape.names.regexp.source },
				additionalProperties: schemaOf(shape.of),
			};
		case 'mapping':
			return {
				...described,
				type: ['object', 'null'],
				properties: Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, schemaOf(field)])),
				...(shape.required === undefined ? {} : { required: shape.required }),
				additionalProperties: false,
			};
		case 'either':
			return { ...described, anyOf: [schemaOf(shape.short), schemaOf(shape.long)] };
		case 'any':
			return described;
	}
}
