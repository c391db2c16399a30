import { addressOf, type LoadedProgram, offsetOf } from './program.ts';

/** A function with the addresses that its code has; the end is exclusive. */
export interface GoFunction {
	/** `net/http.(*Client).Get` */
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/** Magic numbers of the function table since Go 1.18 and since Go 1.20 (debug/gosym, pclntab.go). */
const magics = [Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0]), Buffer.from([0xf0, 0xff, 0xff, 0xff, 0, 0])];
const maxFunctions = 1_000_000;

/**
 * The functions of a Go program, told by its function table (debug/gosym), which stays when symbols are stripped.
 * Undefined when there is none of a form that is known.
 */
export function goFunctions(program: LoadedProgram): readonly GoFunction[] | undefined {
	const file = Buffer.from(program.bytes.buffer, program.bytes.byteOffset, program.bytes.length);
	for (const magic of magics)
		for (let at = file.indexOf(magic), tries = 0; at >= 0 && tries < 256; at = file.indexOf(magic, at + 1), tries += 1) {
			const found = at % 8 === 0 ? functionsAt(program, at) : undefined;
			if (found !== undefined) return found;
		}
	return undefined;
}

function functionsAt(program: LoadedProgram, header: number): readonly GoFunction[] | undefined {
	const { table, bytes } = program;
	const quantum = bytes[header + 6];
	if ((quantum !== 1 && quantum !== 4) || bytes[header + 7] !== 8 || header + 72 > bytes.length) return undefined;
	const count = table.word(header + 8);
	const names = header + table.word(header + 32);
	const entries = header + table.word(header + 64);
	if (count === 0 || count > maxFunctions || names >= bytes.length || entries + count * 8 + 4 > bytes.length) return undefined;
	const text = table.word(header + 24) || textStart(program, header);
	if (text === undefined) return undefined;
	const functions: GoFunction[] = [];
	for (let i = 0; i < count; i += 1) {
		const record = entries + table.u32(entries + i * 8 + 4);
		const name = record + 8 > bytes.length ? undefined : table.string(names + table.u32(record + 4));
		if (name === undefined) return undefined;
		functions.push({ name, start: text + table.u32(entries + i * 8), end: text + table.u32(entries + i * 8 + 8) });
	}
	return functions;
}

/**
 * Newer linkers leave the start of the code out of the table; runtime.moduledata has it: a record that begins with the address
 * of the table (runtime/symtab.go: pcHeader, six slices, findfunctab, minpc, maxpc, text).
 */
function textStart(program: LoadedProgram, header: number): number | undefined {
	const address = addressOf(program, header);
	if (address === undefined) return undefined;
	const wanted = Buffer.alloc(8);
	wanted.writeBigUInt64LE(BigInt(address));
	const file = Buffer.from(program.bytes.buffer, program.bytes.byteOffset, program.bytes.length);
	for (let at = file.indexOf(wanted), tries = 0; at >= 0 && tries < 64; at = file.indexOf(wanted, at + 1), tries += 1) {
		if (at % 8 !== 0 || at + 184 > file.length) continue;
		const [low, text] = [program.table.word(at + 160), program.table.word(at + 176)];
		if (text !== 0 && text <= low && low - text < 65536 && offsetOf(program, text) !== undefined) return text;
	}
	return undefined;
}

/** The package of a function: `net/http` of `net/http.(*Client).Get`; escaped dots (`%2e`) are put back. */
export function packageOf(name: string): string {
	const slash = name.lastIndexOf('/', (name.indexOf('[') + 1 || name.length + 1) - 1);
	const dot = name.indexOf('.', slash + 1);
	return (dot < 0 ? name : name.slice(0, dot)).replaceAll('%2e', '.');
}
