import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from './config.ts';

const diffId = `sha256:${'1'.repeat(64)}`;
const whole = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [diffId] } };

function read(document: unknown): ReturnType<typeof parseConfig> {
	return parseConfig(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)));
}

interface Told {
	readonly title: string;
	readonly config?: unknown;
	readonly outer?: Readonly<Record<string, unknown>>;
	/** What is read, where it differs from an empty configuration. */
	readonly gives?: Readonly<Record<string, unknown>>;
	/** Codes and words of the problems. */
	readonly told?: readonly string[];
}

const accepted: readonly Told[] = [
	{ title: 'nothing is said', config: undefined },
	{ title: 'lists are null, as Go writes them', config: { Cmd: null, Entrypoint: null, Env: null, Labels: null, Volumes: null } },
	{
		title: 'a command in one text is one word, as for Docker',
		config: { Cmd: 'node server.js' },
		gives: { command: ['node server.js'] },
		told: ['config-field: Cmd is a text, not a list; Docker takes it as one word'],
	},
	{
		title: 'variables without a value, with "=" in it, empty',
		config: { Env: ['A=1=2', 'B=', 'C', '=D', 'E=\u0000'] },
		gives: {
			env: [
				{ name: 'A', value: '1=2' },
				{ name: 'B', value: '' },
			],
		},
		told: ['"C" is not NAME=value', '"=D" is not NAME=value', '"E=\\x00" is not NAME=value'],
	},
	{
		title: 'labels that are no texts',
		config: { Labels: { a: 'b', n: 1 } },
		gives: { labels: new Map([['a', 'b']]) },
		told: ['the label "n" is a number, not a text'],
	},
	{
		title: 'a user under an odd spelling, which engines read',
		config: { User: '1000', user: 'root' },
		gives: { user: 'root' },
		told: ['odd-config-field: the field user'],
	},
	{ title: 'created is not a date', outer: { created: '2026-13-77' }, told: ['created is "2026-13-77", not a date'] },
	{
		title: 'created is a date',
		outer: { created: '2026-01-02T03:04:05.123456789Z' },
		gives: { created: '2026-01-02T03:04:05.123456789Z' },
	},
	{ title: 'a history of another length', outer: { history: [{}, {}] }, told: ['history does not tell'] },
	{ title: 'a history that is no list', outer: { history: 'x' }, told: ['history does not tell'] },
	{ title: 'no architecture', outer: { architecture: undefined }, told: ['architecture is missing'] },
];

for (const { title, config, outer, gives = {}, told = [] } of accepted) {
	test(`image config: ${title}`, () => {
		const parsed = read({ ...whole, config, ...outer });
		const empty = { user: '', entrypoint: [], command: [], env: [], workingDir: '', exposedPorts: [], volumes: [], labels: new Map() };
		assert.deepEqual(parsed.config, { ...empty, ...gives });
		const problems = parsed.problems.map((p) => `${p.code}: ${p.message}`);
		assert.equal(problems.length, told.length, problems.join('\n'));
		for (const [i, words] of told.entries()) assert.ok(problems[i]?.includes(words), problems[i]);
	});
}

const refused: readonly (readonly [title: string, document: unknown, code: string, words: RegExp])[] = [
	['it is null', null, 'bad-config', /holds null/],
	['it is a list', [], 'bad-config', /holds a list/],
	['it is a page', '<html>', 'bad-config', /not JSON/],
	['config is a list', { ...whole, config: [] }, 'bad-config', /config is a list/],
	['there is no rootfs', { os: 'linux' }, 'bad-config', /no rootfs/],
	['the user is a number', { ...whole, config: { User: 0 } }, 'bad-config', /User is a number/],
	['the entrypoint holds a number', { ...whole, config: { Entrypoint: ['a', 1] } }, 'bad-config', /Entrypoint holds a number/],
	['the environment is an object', { ...whole, config: { Env: { A: 1 } } }, 'bad-config', /Env is an object/],
	['a diffId is a path', { ...whole, rootfs: { diff_ids: ['sha256:../../etc'] } }, 'bad-digest', /"sha256:..\/..\/etc" in diff_ids/],
	['a diffId has capital letters', { ...whole, rootfs: { diff_ids: [`sha256:${'A'.repeat(64)}`] } }, 'bad-digest', /not a digest/],
	['it is too large', `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`, 'limit', /limit of 4194304/],
];

for (const [title, document, code, message] of refused) {
	test(`image config: refused when ${title}`, () => {
		assert.throws(() => read(document), { code, message });
	});
}

test('image config: the instructions that made no layer are passed over', () => {
	const history = [{ created_by: 'ENV A', empty_layer: true }, { created_by: 'COPY' }];
	assert.deepEqual(read({ ...whole, history }).createdBy, ['COPY']);
});

test('image config: a prototype in the document stays a name', () => {
	const parsed = read(
		`{"rootfs":{"diff_ids":[]},"os":"linux","architecture":"arm64","config":{"Labels":{"__proto__":"x"},"__proto__":{"User":"0"}}}`,
	);
	assert.deepEqual([...parsed.config.labels], [['__proto__', 'x']]);
	assert.equal(parsed.config.user, '');
	assert.equal(({} as { readonly User?: string }).User, undefined);
});
