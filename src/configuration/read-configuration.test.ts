import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FootingError } from '../model/errors.ts';
import { noConfiguration, readConfiguration } from './read-configuration.ts';

test('everything that may stand in the file', () => {
	const found = readConfiguration(`
# a comment
application:
  dockerfile: deploy/Dockerfile
  target: runtime
  buildArgs:
    NODE_VERSION: 26
    RELEASE: 1.10
    EMPTY_OK: "no"
  test: [node, --test]
candidates:
  - node:26-slim
  - reference: registry.example:5000/base/node:26
    because: our golden image
families: false
registries:
  mirrors:
    docker.io: http://127.0.0.1:5000
    ghcr.io/acme: mirror.example/acme
profile: { exposure: public, debugging: none, data: sensitive }
policy:
  anything: [1, 2]
`);
	const { policy, ...rest } = found;
	assert.equal(policy?.kind, 'mapping');
	assert.deepEqual(
		{ ...rest, application: { ...rest.application, buildArgs: { ...rest.application.buildArgs } } },
		{
			application: {
				dockerfile: 'deploy/Dockerfile',
				target: 'runtime',
				test: ['node', '--test'],
				buildArgs: { NODE_VERSION: '26', RELEASE: '1.10', EMPTY_OK: 'no' },
			},
			candidates: [{ reference: 'node:26-slim' }, { reference: 'registry.example:5000/base/node:26', because: 'our golden image' }],
			families: false,
			mirrors: [
				{ from: 'docker.io', to: 'http://127.0.0.1:5000' },
				{ from: 'ghcr.io/acme', to: 'mirror.example/acme' },
			],
			profile: { exposure: 'public', debugging: 'none', data: 'sensitive' },
		},
	);
});

for (const [title, text] of [
	['an empty file', ''],
	['comments alone', '# nothing yet\n'],
	['an explicit nothing', '---\n~\n'],
	['fields without a value', 'application:\ncandidates:\nprofile:\n'],
] as const) {
	test(`${title} is the same as no file`, () => assert.deepEqual(readConfiguration(text), noConfiguration));
}

test('an alias stands for its anchor, the last one before it', () => {
	const twice = readConfiguration('application: { dockerfile: &a one, target: *a, test: [&a two, *a] }').application;
	assert.deepEqual(twice, { dockerfile: 'one', target: 'one', test: ['two', 'two'] });
	const { candidates } = readConfiguration('candidates:\n  - &base node:26-slim\n  - { reference: *base, because: again }\n');
	assert.deepEqual(candidates, [{ reference: 'node:26-slim' }, { reference: 'node:26-slim', because: 'again' }]);
});

test('names of object members are names like others', () => {
	const { application } = readConfiguration('application: { buildArgs: { __proto__: x, constructor: y } }');
	assert.deepEqual(Object.entries(application.buildArgs ?? {}), [
		['__proto__', 'x'],
		['constructor', 'y'],
	]);
	assert.equal(Object.getPrototypeOf(application.buildArgs), null);
});

const faults: readonly { readonly title: string; readonly text: string; readonly says: string }[] = [
	{
		title: 'a misspelt field',
		text: 'profle:\n  data: ordinary\n',
		says: 'line 1, column 1: unknown field "profle"; did you mean "profile"?',
	},
	{
		title: 'a misspelt field further down',
		text: 'profile:\n  exposre: public\n',
		says: 'line 2, column 3: unknown field "exposre" in profile; did you mean "exposure"?',
	},
	{
		title: 'a field that is nothing like the others',
		text: 'registries: { tls: off }',
		says: 'line 1, column 15: unknown field "tls" in registries; the fields are mirrors',
	},
	{
		title: 'a member of every object is no field',
		text: '__proto__: { families: false }',
		says: 'line 1, column 1: unknown field "__proto__"; the fields are application, candidates, families, registries, profile, policy',
	},
	{
		title: 'a word that is none of those allowed',
		text: 'profile:\n  exposure: publik\n',
		says: 'line 2, column 13: profile.exposure has to be one of public, partner, internal, not "publik"; did you mean "public"?',
	},
	{
		title: 'a list where a text belongs',
		text: 'application: { target: [a] }',
		says: 'line 1, column 24: application.target has to be a text, not a list',
	},
	{
		title: 'a text where a list belongs',
		text: 'candidates: node:26',
		says: 'line 1, column 13: candidates has to be a list, not "node:26"',
	},
	{
		title: 'a word where a truth value belongs',
		text: 'families: maybe',
		says: 'line 1, column 11: families has to be true or false, not "maybe"',
	},
	{
		title: 'a candidate without its reference',
		text: 'candidates:\n  - because: x\n',
		says: 'line 2, column 5: candidates[0] has no reference',
	},
	{
		title: 'a reference that an option parser would act on',
		text: 'candidates: [-rf]',
		says: 'line 1, column 14: candidates[0] has to be an image reference such as node:26-slim or oci-layout:./base, not "-rf"',
	},
	{
		title: 'credentials in a mirror',
		text: 'registries: { mirrors: { docker.io: "https://me:pw@mirror.example" } }',
		says: 'line 1, column 37: registries.mirrors.docker.io has to be an address such as https://mirror.example/hub, without credentials, not "https://me:pw@mirror.example"',
	},
	{
		title: 'an ARG that cannot be one',
		text: 'application: { buildArgs: { "A B": 1 } }',
		says: 'line 1, column 29: "A B" in application.buildArgs has to be the name of an ARG',
	},
	{ title: 'the same field twice', text: 'families: true\nfamilies: false\n', says: 'line 2, column 1: Map keys must be unique' },
	{
		title: 'broken YAML',
		text: 'candidates: [node:26',
		says: 'line 1, column 21: Flow sequence in block collection must be sufficiently indented and end with a ]',
	},
	{ title: 'a tab as indentation', text: 'profile:\n\tdata: ordinary\n', says: 'line 2, column 1: Tabs are not allowed as indentation' },
	{
		title: 'a custom tag is not obeyed',
		text: 'families: !!js/function "x"',
		says: 'line 1, column 11: Unresolved tag: tag:yaml.org,2002:js/function',
	},
	{
		title: 'a second document',
		text: 'families: true\n---\nfamilies: false\n',
		says: 'line 2, column 1: a second document begins here: one is read',
	},
	{
		title: 'an alias of nothing',
		text: 'families: *gone',
		says: 'line 1, column 11: nothing before it is called &gone',
	},
	{
		title: 'merge keys are fields like others',
		text: 'profile: { <<: { data: ordinary } }',
		says: 'line 1, column 12: unknown field "<<" in profile; the fields are exposure, debugging, data',
	},
	{ title: 'a list as the whole file', text: '- a\n', says: 'line 1, column 1: the file has to be a mapping, not a list' },
	{
		title: 'terminal escapes in a name',
		text: '"\\e[31mred": 1',
		says: 'line 1, column 1: unknown field "\\x1b[31mred"; the fields are application, candidates, families, registries, profile, policy',
	},
	{
		title: 'several faults in their order',
		text: 'families: 3\nprofile: []\n',
		says: 'line 1, column 11: families has to be true or false, not "3"; line 2, column 10: profile has to be a mapping, not a list',
	},
];

for (const { title, text, says } of faults) {
	test(`invalid: ${title}`, () => {
		const error = errorOf(() => readConfiguration(text));
		assert.equal(error.code, 'bad-footing-yaml');
		assert.equal(error.message, `invalid footing.yaml: ${says}`);
	});
}

const row = (name: string, of: string): string => `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(',')}]\n`;
const bomb = `a: &a [${Array.from({ length: 9 }, () => '"lol"').join(',')}]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => row(name, `*${'abcdef'[index]}`)).join('')}`;

for (const [title, text, says] of [
	['a thousand million values behind a few aliases', bomb, /holds more than 10000 values/],
	['a list in a list, twenty thousand deep', `${'- '.repeat(20_000)}x\n`, /nested deeper than 64 levels/],
	['brackets, twenty thousand deep', '['.repeat(20_000), /nested deeper than 64 levels/],
	[
		'mappings, four hundred deep',
		Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
		/nested deeper than 64 levels/,
	],
	[
		'aliases that nest where no token does',
		`policy:\n  - &a0 [x]\n${Array.from({ length: 80 }, (_, i) => `  - &a${i + 1} [*a${i}]\n`).join('')}`,
		/aliases nest deeper than 64 levels|holds more than/,
	],
	['a list that holds itself', 'policy: &a [*a]', /aliases nest deeper than 64 levels/],
	['a file of a megabyte', `# ${'x'.repeat(1_000_000)}`, /longer than 262144 characters/],
] as const) {
	test(`bounded: ${title}`, () => {
		const before = Date.now();
		const error = errorOf(() => readConfiguration(text));
		assert.equal(error.code, 'limit');
		assert.match(error.message, says);
		assert.ok(Date.now() - before < 2000);
	});
}

test('property: any text gives a configuration or a FootingError of the two codes', () => {
	const pieces = fc.constantFrom(
		'a',
		': ',
		'- ',
		'\n',
		'  ',
		'[',
		']',
		'{',
		'}',
		'&a ',
		'*a',
		'"',
		"'",
		'|',
		'>',
		'? ',
		'!',
		'%',
		'#',
		'---\n',
		'candidates',
		'profile',
		'\t',
		'\u0000',
		'\u{1f600}',
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(pieces, { maxLength: 40 }).map((list) => list.join('')),
			),
			(text) => {
				try {
					readConfiguration(text);
				} catch (error) {
					assert.ok(error instanceof FootingError, String(error));
					assert.ok(['bad-footing-yaml', 'limit'].includes(error.code));
				}
			},
		),
		{ numRuns: 2000 },
	);
});

function errorOf(run: () => unknown): FootingError {
	try {
		run();
	} catch (error) {
		assert.ok(error instanceof FootingError, String(error));
		return error;
	}
	assert.fail('nothing was thrown');
}
