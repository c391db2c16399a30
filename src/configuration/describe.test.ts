import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationPage } from './describe.ts';
import { fields } from './fields.ts';
import { configurationSchema } from './json-schema.ts';
import { readConfiguration } from './read-configuration.ts';
import type { Shape } from './shape.ts';

test('the example of the page is a configuration, with every field that has an example', () => {
	const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(configurationPage()) ?? [];
	const found = readConfiguration(example);
	assert.equal(found.candidates.length, 2);
	assert.equal(found.mirrors.length, 1);
	assert.deepEqual(found.profile, { exposure: 'public', debugging: 'none', data: 'sensitive' });
	assert.deepEqual(Object.keys(found.application).sort(), ['buildArgs', 'dockerfile', 'target', 'test']);
});

test('every field is on the page and in the schema, with its text', () => {
	const page = configurationPage();
	const schema = JSON.stringify(configurationSchema());
	const check = (shape: Shape, path: string): void => {
		if (path !== '') assert.ok(page.includes(`| \`${path}\` |`), path);
		assert.ok(schema.includes(JSON.stringify(shape.about)), path);
		if (shape.kind === 'mapping')
			for (const [name, field] of Object.entries(shape.fields)) check(field, path === '' ? name : `${path}.${name}`);
	};
	check(fields, '');
});

test('the schema forbids what the reader forbids', () => {
	const { additionalProperties, properties } = configurationSchema() as {
		additionalProperties: unknown;
		properties: Record<string, { properties?: Record<string, unknown> }>;
	};
	assert.equal(additionalProperties, false);
	assert.deepEqual(properties['profile']?.properties?.['data'], { description: 'What it handles.', enum: ['sensitive', 'ordinary'] });
});
