import type { Fields, Node } from './node.ts';

/** JSON Schema, draft 2020-12: https://json-schema.org/draft/2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * The schema of a report. A reader has to live with fields it does not know, for later versions add some; `strict` forbids
 * them, to find fields that were forgotten here.
 */
export function reportSchema(kind: string, node: Node, options: { readonly strict?: boolean } = {}): JsonSchema {
	const definitions = new Map<string, JsonSchema>();
	const build = (one: Node): JsonSchema => {
		if (one.name === undefined) return bodyOf(one);
		if (!definitions.has(one.name)) {
			definitions.set(one.name, {});
			definitions.set(one.name, { description: one.about, ...bodyOf(one) });
		}
		return { $ref: `#/$defs/${one.name}` };
	};
	const bodyOf = (one: Node): JsonSchema => body(one, build, options.strict === true);
	const root = bodyOf(node);
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: `footing ${kind} --format json`,
		...root,
		$defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
	};
}

function body(node: Node, build: (node: Node) => JsonSchema, strict: boolean): JsonSchema {
	switch (node.kind) {
		case 'text':
			if (node.values !== undefined) return { enum: node.values };
			return { type: 'string', ...(node.pattern === undefined ? {} : { pattern: node.pattern }) };
		case 'count':
			return { type: 'integer', minimum: 0 };
		case 'flag':
			return { type: 'boolean' };
		case 'nothing':
			return { type: 'null' };
		case 'list':
			return { type: 'array', items: build(node.of) };
		case 'table':
			return { type: 'object', additionalProperties: build(node.of) };
		case 'either':
			return { anyOf: node.of.map(build) };
		case 'object':
			return {
				type: 'object',
				properties: properties({ ...node.required, ...node.optional }, build),
				required: Object.keys(node.required),
				...(strict ? { additionalProperties: false } : {}),
			};
	}
}

function properties(fields: Fields, build: (node: Node) => JsonSchema): JsonSchema {
	return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, build(field)]));
}
