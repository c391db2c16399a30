import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfiguration } from '../src/configuration/read-configuration.ts';
import { readOsv } from '../src/formats/osv.ts';
import { decodePath } from '../src/formats/path-text.ts';
import { createHost } from '../src/host/create-host.ts';
import { openImage } from '../src/image/open-image.ts';
import { inventoryInterest } from '../src/inventory/interest.ts';
import { takeInventory } from '../src/inventory/take-inventory.ts';
import { FootingError } from '../src/model/errors.ts';
import { limits } from '../src/model/limits.ts';
import type { Entry, Rootfs } from '../src/model/rootfs.ts';
import { readApplicationDirectory } from '../src/needs/application/read-application.ts';
import { unite } from '../src/rootfs/interest.ts';
import { readRootfs } from '../src/rootfs/read-rootfs.ts';
import { surfaceInterest } from '../src/surface/interest.ts';
import { measure } from '../src/surface/measure.ts';

/**
 * Prints what is in an image in a normal form that other tools can be compared with: files, packages, system, user,
 * shells, ELF facts. Bodies of files up to `contentLimit` bytes are printed, of at most `contentTotal` in all.
 *
 *     node tools/facts.ts oci-layout:DIR
 *     node tools/facts.ts --form dockerfile FILE
 *     node tools/facts.ts --form yaml FILE
 *     node tools/facts.ts --form osv FILE
 */
const contentLimit = 4096;
const contentTotal = 8 * 1024 * 1024;

const typeNames: Readonly<Record<Entry['type'], string>> = {
	file: 'file',
	directory: 'dir',
	symlink: 'symlink',
	'character-device': 'char',
	'block-device': 'block',
	fifo: 'fifo',
	socket: 'socket',
};

async function factsOf(reference: string): Promise<unknown> {
	const host = createHost();
	const image = await openImage(host, reference, {});
	try {
		const interest = unite([inventoryInterest, surfaceInterest]);
		const rootfs = await readRootfs(host, image, interest);
		const inventory = await takeInventory(rootfs);
		const { surface } = await measure(rootfs, inventory, image.config);
		const problems = [...image.problems, ...rootfs.problems, ...inventory.problems];
		return {
			files: await filesOf(rootfs),
			packages: inventory.packages.map((p) => [p.ecosystem, p.name, p.version, p.architecture ?? '']),
			os: inventory.system.id === 'unknown' ? null : [inventory.system.id, inventory.system.versionId ?? null],
			user: await userOf(rootfs, image.config.user),
			elf: elfOf(rootfs),
			shells: [...new Set((surface.shells.items ?? []).flatMap((item) => item.path ?? []))].sort(),
			partial: problems.length > 0 || inventory.blindSpots.length > 0,
			warnings: problems.map((p) => `${p.code} ${p.where}: ${p.message}`),
		};
	} finally {
		await image.close();
	}
}

async function filesOf(rootfs: Rootfs): Promise<unknown> {
	let left = contentTotal;
	const readable: string[] = [];
	for (const entry of rootfs.entries()) {
		if (entry.type !== 'file' || entry.size > contentLimit || entry.size > left) continue;
		left -= entry.size;
		readable.push(entry.path);
	}
	const bodies = await rootfs.readMany(readable);
	const files: [string, unknown][] = [];
	for (const entry of rootfs.entries()) {
		const body = bodies.get(entry.path);
		files.push([
			entry.path.slice(1),
			{
				type: typeNames[entry.type],
				mode: entry.mode,
				uid: entry.uid,
				gid: entry.gid,
				size: entry.size,
				...(entry.target === undefined ? {} : { target: entry.target }),
				...(body === undefined ? {} : { content: decodePath(body) }),
			},
		]);
	}
	return Object.fromEntries(files);
}

function elfOf(rootfs: Rootfs): unknown {
	const found: [string, unknown][] = [];
	for (const entry of rootfs.entries()) {
		const elf = entry.type === 'file' ? rootfs.elf(entry.path) : undefined;
		if (elf === undefined) continue;
		const { bits, machine, type, interpreter, soname, needed, runpath, rpath, broken } = elf;
		found.push([entry.path.slice(1), { bits, machine, type, interpreter, soname, needed, runpath, rpath, broken }]);
	}
	return Object.fromEntries(found);
}

/** A user in figures or by name; what cannot be told is not "not root". */
async function userOf(rootfs: Rootfs, user: string): Promise<unknown> {
	const name = user.split(':')[0] ?? '';
	if (name === '') return { uid: 0, root: true };
	if (/^[0-9]{1,10}$/.test(name)) {
		const uid = Number(name);
		return uid > 0x7fffffff ? { root: null } : { uid, root: uid === 0 };
	}
	const passwd = Buffer.from((await rootfs.read('/etc/passwd')) ?? []).toString('utf8');
	const line = passwd.split('\n').find((l) => l.startsWith(`${name}:`));
	const uid = /^[^:]*:[^:]*:([0-9]{1,10}):/.exec(line ?? '')?.[1];
	return uid === undefined ? { root: null } : { uid: Number(uid), root: Number(uid) === 0 };
}

/** What a Dockerfile says of the application that it builds. */
async function dockerfileFacts(path: string): Promise<unknown> {
	const application = await readApplicationDirectory(createHost(), dirname(path), { dockerfile: basename(path) });
	return { base: application.currentBase?.reference, launch: application.launch };
}

/** What a footing.yaml says. */
async function configurationFacts(path: string): Promise<unknown> {
	const bytes = await createHost().disk.readFile(path, limits.sourceFile, { follow: true });
	return readConfiguration(new TextDecoder().decode(bytes), path);
}

/** What an OSV record says is affected. */
async function advisoryFacts(path: string): Promise<unknown> {
	const bytes = await createHost().disk.readFile(path, limits.sourceFile, { follow: true });
	const record = readOsv(new TextDecoder().decode(bytes));
	return { id: record.id, affected: record.withdrawn === undefined ? record.affected : [] };
}

/** JSON leaves DEL and the C1 controls as they are; terminals do not. */
function printable(value: unknown): string {
	return JSON.stringify(value).replace(/[\u007f-\u009f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const readers: ReadonlyMap<string, (path: string) => Promise<unknown>> = new Map([
	['dockerfile', dockerfileFacts],
	['yaml', configurationFacts],
	['osv', advisoryFacts],
]);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { form: { type: 'string', default: 'image' } } });
const subject = (positionals[0] ?? '').replace(/^file:/, '');
try {
	const read = readers.get(values.form) ?? factsOf;
	const facts = await read(subject);
	process.stdout.write(`${printable(facts)}\n`);
} catch (error) {
	if (!(error instanceof FootingError)) throw error;
	process.stderr.write(`${error.code}: ${error.message}\n`);
	process.exitCode = error.exitCode;
}
