/** A function of a program: which functions it calls, with a constant text as the first argument when one is given. */
export interface GoSketch {
	readonly name: string;
	readonly calls?: readonly (string | readonly [callee: string, text: string])[];
}

const base = 0x400000;
const layout = { info: 0x100, code: 0x1000, texts: 0x8000, table: 0x9000, module: 0xf000, end: 0x10000 } as const;
const stride = 0x200;

/**
 * A program of x86-64 such as Go's linker writes it, as far as its readers look: build information, a function table of the form
 * of Go 1.20 or (with `moduledata`) of later ones, and code that puts constants into registers and calls.
 */
export function goProgram(
	functions: readonly GoSketch[],
	options: { readonly path?: string; readonly modules?: string; readonly moduledata?: boolean } = {},
): Uint8Array {
	const file = Buffer.alloc(layout.end);
	header(file);
	buildInfo(file, `path\t${options.path ?? 'command-line-arguments'}\n${options.modules ?? ''}`);
	table(
		file,
		functions.map((f) => f.name),
		options.moduledata === true,
	);
	code(file, functions);
	return file;
}

function header(file: Buffer): void {
	file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
	file.writeUInt16LE(2, 16);
	file.writeUInt16LE(62, 18);
	file.writeUInt32LE(1, 20);
	file.writeBigUInt64LE(64n, 32);
	file.writeUInt16LE(64, 52);
	file.writeUInt16LE(56, 54);
	file.writeUInt16LE(1, 56);
	file.writeUInt32LE(1, 64);
	file.writeUInt32LE(6, 68);
	file.writeBigUInt64LE(BigInt(base), 80);
	file.writeBigUInt64LE(BigInt(layout.end), 96);
	file.writeBigUInt64LE(BigInt(layout.end), 104);
}

function buildInfo(file: Buffer, modules: string): void {
	const mark = '0123456789abcdef';
	file.write('\xff Go buildinf:\x08\x02', layout.info, 'latin1');
	let at = layout.info + 32;
	for (const text of ['go1.22.3', `${mark}${modules}${mark}`]) {
		for (let length = text.length; ; length >>= 7) {
			file[at++] = length > 0x7f ? (length & 0x7f) | 0x80 : length;
			if (length <= 0x7f) break;
		}
		at += file.write(text, at, 'latin1');
	}
}

function table(file: Buffer, names: readonly string[], moduledata: boolean): void {
	const at = layout.table;
	const [nameOffset, entryOffset] = [0x100, 0x2000];
	file.set([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8], at);
	const words = [names.length, 0, moduledata ? 0 : base + layout.code, nameOffset, 0, 0, 0, entryOffset];
	for (const [index, word] of words.entries()) file.writeBigUInt64LE(BigInt(word), at + 8 + index * 8);
	let name = 0;
	const records = (names.length + 1) * 8;
	for (const [index, text] of names.entries()) {
		file.writeUInt32LE(index * stride, at + entryOffset + index * 8);
		file.writeUInt32LE(records + index * 8, at + entryOffset + index * 8 + 4);
		file.writeUInt32LE(name, at + entryOffset + records + index * 8 + 4);
		name += file.write(`${text}\0`, at + nameOffset + name, 'latin1');
	}
	file.writeUInt32LE(names.length * stride, at + entryOffset + names.length * 8);
	if (!moduledata) return;
	file.writeBigUInt64LE(BigInt(base + at), layout.module);
	for (const offset of [160, 176]) file.writeBigUInt64LE(BigInt(base + layout.code), layout.module + offset);
}

function code(file: Buffer, functions: readonly GoSketch[]): void {
	const places = new Map(functions.map((f, index) => [f.name, layout.code + index * stride]));
	let texts: number = layout.texts;
	for (const { name, calls = [] } of functions) {
		let at = places.get(name) as number;
		for (const call of calls) {
			const [callee, text] = typeof call === 'string' ? [call, undefined] : call;
			if (text !== undefined) {
				file.set([0x48, 0x8d, 0x05], at);
				file.writeInt32LE(texts - (at + 7), at + 3);
				file[at + 7] = 0xbb;
				file.writeUInt32LE(text.length, at + 8);
				texts += file.write(text, texts, 'latin1');
				at += 12;
			}
			file[at] = 0xe8;
			file.writeInt32LE((places.get(callee) as number) - (at + 5), at + 1);
			at += 5;
		}
		file[at] = 0xc3;
	}
}
