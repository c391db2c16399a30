import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Which rooms of `src/` a room may import from; its own is always allowed. Tests may import what they like. */
const mayOpen: Readonly<Record<string, readonly string[] | 'all'>> = {
	model: [],
	formats: ['model'],
	image: ['model', 'formats'],
	rootfs: ['model', 'formats'],
	inventory: ['model', 'formats'],
	surface: ['model', 'formats'],
	needs: ['model', 'formats'],
	advisories: ['model', 'formats'],
	bases: ['model', 'formats'],
	configuration: ['model', 'formats'],
	policy: ['model', 'formats'],
	report: ['model', 'formats'],
	verify: ['model', 'formats', 'needs'],
	host: ['model', 'formats'],
	workflows: 'all',
	cli: ['model', 'workflows', 'report', 'host'],
};

/** The rooms' parts that grow: every member file has to be named in the list beside it. */
const memberFolders = ['image/sources', 'inventory/catalogers', 'surface/metrics', 'needs/kinds', 'bases/families', 'bases/rules'];
const moreMemberFolders = [
	'report/reporters',
	'report/fleet',
	'cli/commands',
	'policy/rules',
	'verify/engines',
	'verify/moves',
	'needs/deployments/sources',
	'advisories/feeds',
];

/** Nothing but rows of facts. */
const tables = ['src/surface/utilities.ts', 'src/bases/end-of-life-dates.ts'];

/** Only `host` opens these; everything else gets a `Host`. */
const hostOnly = /^node:(fs|fs\/promises|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|cluster)$/;

interface Import {
	readonly file: string;
	readonly line: number;
	readonly what: string;
}

function sources(directory: string): string[] {
	return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
		const path = `${directory}/${entry.name}`;
		return entry.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
	});
}

const everything = sources('src');
const productive = everything.filter((file) => !file.endsWith('.test.ts'));
const text = new Map(everything.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

function importsOf(file: string): Import[] {
	// source that a test holds as text is no import of ours
	const body = withoutTemplates(text.get(file) ?? '');
	const pattern =
		/^\s*(?:import|export)\s(?<clause>[^'";]*?\sfrom\s)?'(?<static>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)|new URL\('(?<url>\.[^']+)'/gm;
	return [...body.matchAll(pattern)].map((match) => ({
		file,
		line: body.slice(0, match.index).split('\n').length + (match[0].match(/^\s*\n/)?.length ?? 0),
		what: match.groups?.static ?? match.groups?.dynamic ?? match.groups?.url ?? '',
	}));
}

/** Templates become as many empty lines, so that lines keep their numbers. */
function withoutTemplates(body: string): string {
	return body.replace(/`(?:\\.|[^`\\])*`/g, (template) => template.replace(/[^\n]/g, ''));
}

function roomOf(path: string): string {
	const [, room = '', rest] = path.split('/');
	return rest === undefined ? '' : room;
}

function targetOf({ file, what }: Import): string {
	return posix.normalize(`${dirname(file)}/${what}`);
}

const imports = productive.flatMap(importsOf);
const local = everything.flatMap(importsOf).filter(({ what }) => what.startsWith('.'));

function place({ file, line, what }: Import): string {
	return `${file}:${line} imports '${what}'`;
}

test('architecture: every room of src/ is in the table', () => {
	const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const unknown = rooms.map(({ name }) => name).filter((name) => mayOpen[name] === undefined);
	assert.deepEqual(unknown, [], 'say in test/architecture.test.ts which rooms these may import from');
});

test('architecture: a room imports only from the rooms that it may open', () => {
	const broken = imports
		.filter(({ what }) => what.startsWith('.'))
		.filter((one) => {
			const from = roomOf(one.file);
			const to = roomOf(targetOf(one));
			if (from === '' || from === to) return false; // src/index.ts is the library's front door
			const allowed = mayOpen[from] ?? [];
			return allowed !== 'all' && !allowed.includes(to);
		});
	assert.deepEqual(broken.map(place), []);
});

test('architecture: nothing in src/ imports from outside src/, tests apart', () => {
	const broken = imports.filter((one) => one.what.startsWith('.') && !targetOf(one).startsWith('src/') && targetOf(one) !== 'package.json');
	assert.deepEqual(broken.map(place), []);
});

test('architecture: only host opens the disk, the network and other programs', () => {
	const broken = imports.filter((one) => hostOnly.test(one.what) && roomOf(one.file) !== 'host');
	assert.deepEqual(broken.map(place), []);
});

test('architecture: what is imported from a package is a dependency, and built-in modules say node:', () => {
	const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const known = new Set(Object.keys(dependencies));
	const broken = imports.filter(({ what }) => {
		if (what.startsWith('.') || what.startsWith('node:')) return false;
		const name = what
			.split('/')
			.slice(0, what.startsWith('@') ? 2 : 1)
			.join('/');
		return !known.has(name);
	});
	assert.deepEqual(broken.map(place), []);
});

test('architecture: imports of files end in .ts and lead to a file', () => {
	const broken = local.filter((one) => {
		const target = targetOf(one);
		return !/\.(ts|json|html|css)$/.test(one.what) || (target.startsWith('src/') && target.endsWith('.ts') && !text.has(target));
	});
	assert.deepEqual(broken.map(place), []);
});

test('architecture: every member is on its list', () => {
	const missing = [...memberFolders, ...moreMemberFolders].flatMap((folder) => {
		const members = productive.filter((file) => dirname(file) === `src/${folder}` && !file.endsWith('/index.ts'));
		const listed = new Set(importsOf(`src/${folder}/index.ts`).map(targetOf));
		return members.filter((member) => !listed.has(member) && !isPartOf(member, members));
	});
	assert.deepEqual(missing, [], 'name each of these in the index.ts beside it');
});

/** A file beside the members that one of them is made of is no member itself. */
function isPartOf(file: string, members: readonly string[]): boolean {
	return members.some((other) => other !== file && importsOf(other).some((one) => targetOf(one) === file));
}

test('architecture: a list of members is imported by its own room alone, and no room knows the name of another’s member', () => {
	const folders = [...memberFolders, ...moreMemberFolders].map((folder) => `src/${folder}/`);
	const broken = imports
		.filter(({ what }) => what.startsWith('.'))
		.filter((one) => {
			const folder = folders.find((candidate) => targetOf(one).startsWith(candidate));
			if (folder === undefined || roomOf(one.file) === roomOf(targetOf(one))) return false;
			return targetOf(one) !== `${folder}index.ts`;
		});
	assert.deepEqual(broken.map(place), []);
});

test('architecture: one barrel only, src/index.ts', () => {
	const broken = everything.filter((file) => file !== 'src/index.ts' && isBarrel(withoutTemplates(text.get(file) ?? '')));
	assert.deepEqual(broken, []);
});

/** Hands on everything of another file, or holds nothing of its own. */
function isBarrel(body: string): boolean {
	if (/^export \*/m.test(body)) return true;
	const code = body.replace(/\/\*[\s\S]*?\*\/|^\/\/.*$/gm, '');
	return code.replace(/^export (type )?\{[^}]*\} from [^\n]*$/gm, '').trim() === '' && code.trim() !== '';
}

test('architecture: no file over 400 lines and none named utils, helpers or common', () => {
	const long = productive.filter((file) => !tables.includes(file) && (text.get(file) ?? '').split('\n').length > 401);
	const vague = everything.filter((file) => /\/(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file));
	assert.deepEqual([...long, ...vague], []);
});
