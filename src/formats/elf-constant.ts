import { readElf } from './elf.ts';
import { fileOffset } from './elf-dynamic.ts';
import { addressOf } from './elf-lookup.ts';
import { readSegments } from './elf-segments.ts';
import { ElfDefect, ElfView } from './elf-view.ts';

/**
 * The number that a function without arguments returns, when it does nothing else: `int f(void) { return 10; }` as compilers
 * write it for x86-64 and arm64. Undefined when it is not there or does more.
 */
export function returnedConstant(bytes: Uint8Array, name: string): number | undefined {
	const file = {
		size: bytes.length,
		range: (at: number, length: number) => (at + length <= bytes.length ? bytes.subarray(at, at + length) : undefined),
	};
	const facts = readElf(file, { symbols: true });
	const address = facts === undefined ? undefined : addressOf(facts, name);
	if (facts === undefined || address === undefined) return undefined;
	try {
		const view = new ElfView(file, facts.bits === 64, facts.endian === 'little');
		const { segments } = readSegments(view, view.table(0, view.wide ? 64 : 52, 'the header'));
		const offset = fileOffset(segments, address);
		if (offset === undefined) return undefined;
		const code = Buffer.from(bytes.subarray(offset, offset + 32)).toString('hex');
		return facts.machine === 'x86-64' ? onX86(code) : facts.machine === 'aarch64' ? onArm(code) : undefined;
	} catch (error) {
		if (error instanceof ElfDefect || error instanceof RangeError) return undefined;
		throw error;
	}
}

/** `endbr64`, a frame, `mov eax, n`, `ret`; all but the last two may be missing. */
function onX86(code: string): number | undefined {
	const found = /^(?:f30f1efa)?(?:554889e5)?b8([0-9a-f]{8})(?:5d|c9)?c3/.exec(code)?.[1];
	return found === undefined ? undefined : Buffer.from(found, 'hex').readUInt32LE(0);
}

/** `bti c`, `mov w0, n`, `ret`. */
function onArm(code: string): number | undefined {
	const found = /^(?:5f2403d5)?([0-9a-f]{8})c0035fd6/.exec(code)?.[1];
	if (found === undefined) return undefined;
	const instruction = Buffer.from(found, 'hex').readUInt32LE(0);
	// movz w0, #imm16
	return instruction >>> 21 === 0x294 && (instruction & 31) === 0 ? (instruction >>> 5) & 0xffff : undefined;
}
