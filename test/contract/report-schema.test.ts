import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
	choose,
	compare,
	createHost,
	createSession,
	debug,
	explain,
	fit,
	inspect,
	needs,
	probe,
	type Report,
	verify,
} from '../../src/index.ts';
import { fleetJson } from '../../src/report/fleet/json.ts';
import { reportSchema } from '../../src/report/schema/json-schema.ts';
import { reportSchemas } from '../../src/report/schema/reports.ts';
import { exampleEngine } from '../support/example-engine.ts';
import { writeExample } from '../support/report-example.ts';

/** Every kind of report, made by the real workflows from two small images and an application, against its schema. */
const directory = mkdtempSync(join(tmpdir(), 'footing-schema-'));
const reports = new Map<string, Report>();

before(async () => {
	writeExample(directory);
	const places = { 'registry.example/full:1': `oci-layout:${directory}/full`, 'registry.example/bare:1': `oci-layout:${directory}/bare` };
	const [full, bare] = Object.keys(places) as [string, string];
	const session = createSession(
		{ ...createHost(), processes: exampleEngine, logs: { keep: async (name) => `/logs/${name}.log` } },
		{
			platform: 'linux/amd64',
			substitutes: new Map(Object.entries(places)),
			today: new Date('2026-11-25'),
		},
	);
	const application = `${directory}/app`;
	const candidates = [bare, 'oci-layout:/nowhere'].map((reference) => ({ reference, from: 'command-line' as const, because: 'named' }));
	const profile = { exposure: 'public', debugging: 'occasional', data: 'ordinary' } as const;
	reports.set('inspect', await inspect(session, full));
	reports.set('compare', await compare(session, [full, bare]));
	reports.set('needs', await needs(session, { application }));
	reports.set('fit', await fit(session, { application, bases: [full, bare, 'oci-layout:/nowhere'] }));
	reports.set('verify', await verify(session, { application, bases: [full, bare, 'oci-layout:/nowhere'], toolbox: 'tools' }));
	reports.set('probe', await probe(session, { target: full, toolbox: 'tools' }));
	reports.set('debug', await debug(session, { target: 'shop', toolbox: 'tools', command: 'ps' }));
	reports.set('debug-kubernetes', await debug(session, { target: 'shop/web', kubernetes: true }));
	reports.set(
		'explain',
		await explain(session, { image: full, exitCode: 127, message: 'exec: "nginx": executable file not found in $PATH' }),
	);
	const lost = { reference: 'oci-layout:/nowhere', failed: { code: 'image-unreadable', message: 'cannot read it: it is not there' } };
	reports.set('failed', JSON.parse(fleetJson.entry(lost, { color: false, width: 80, verbose: false, differences: false })) as Report);
	reports.set('choose', await choose(session, { application, profile, candidates, only: true, verify: { toolbox: 'tools' } }));
});

after(() => rmSync(directory, { recursive: true, force: true }));

for (const [kind, node] of reportSchemas) {
	test(`${kind}: the report of the workflow satisfies its schema, and has no field that the schema does not know`, () => {
		for (const strict of [false, true]) assert.deepEqual(faults(reportSchema(kind, node, { strict }), printed(kind)), []);
	});

	test(`${kind}: the published schema is the one in the code`, () => {
		const file = new URL(`../../schemas/${kind}.schema.json`, import.meta.url);
		assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), reportSchema(kind, node), 'run "npm run docs"');
	});

	test(`${kind}: a reader lives with a field that a later version adds, but not with one that is gone or of another type`, () => {
		const schema = reportSchema(kind, node);
		const report = printed(kind);
		assert.deepEqual(faults(schema, { ...report, later: true }), []);
		for (const name of ['schemaVersion', 'kind', 'problems']) {
			const { [name]: gone, ...rest } = report;
			assert.notEqual(gone, undefined);
			assert.notDeepEqual(faults(schema, rest), [], `${name} is gone`);
			assert.notDeepEqual(faults(schema, { ...report, [name]: 7 }), [], `${name} is a number`);
		}
		assert.notDeepEqual(faults(schema, { ...report, kind: 'other' }), []);
		assert.notDeepEqual(faults(schema, { ...report, schemaVersion: '2.0' }), []);
	});
}

test('the example has something of everything: what is missing there is not checked here', () => {
	const told = [...reports.values()].map((report) => JSON.stringify(report)).join('\n');
	for (const part of [
		'"tier":',
		'"endOfLife":[{',
		'"layers":[{',
		'"source":{',
		'"layer":',
		'"line":',
		'"failed":{',
		'"recommendation":{',
		'"trace":[{',
		'"healthcheck":[',
		'"neighbours":[',
		'"agrees":',
		'"baseline":{',
		'"remains":[{',
		'"kubernetes":{',
		'"ran":{',
		'"tests":{',
		'"verification":{',
		'"proof":{',
		'"log":"',
	])
		assert.ok(told.includes(part), part);
});

/** As it is printed: what JSON leaves out is left out. */
function printed(kind: string): Record<string, unknown> {
	return JSON.parse(JSON.stringify(reports.get(kind)));
}

function faults(schema: unknown, value: unknown): readonly string[] {
	const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema as object);
	validate(value);
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
