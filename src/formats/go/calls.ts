import type { GoFunction } from './functions.ts';
import { type LoadedProgram, offsetOf } from './program.ts';

/** A direct call of one function by another. */
export interface GoCall {
	readonly caller: GoFunction;
	readonly callee: string;
	/** A text that is passed as the first (or second, behind a context) argument, when it is a constant. */
	readonly text?: string;
}

const maxCalls = 100_000;
/** Bytes before a call in which its arguments are put into registers. */
const window = 96;

/**
 * Direct calls of some functions, told by the call instructions of those that may call: `CALL rel32` of x86-64, `BL` of
 * aarch64. Calls through interfaces and function values are not seen.
 */
export function goCalls(
	program: LoadedProgram,
	functions: readonly GoFunction[],
	wanted: (name: string) => boolean,
	mayCall: (name: string) => boolean,
): readonly GoCall[] {
	const targets = new Map(functions.filter((f) => wanted(f.name)).map((f) => [f.start, f.name]));
	if (targets.size === 0) return [];
	const starts = new Set(functions.map((f) => f.start));
	const found: GoCall[] = [];
	for (const caller of functions) {
		if (found.length >= maxCalls) break;
		const start = mayCall(caller.name) ? offsetOf(program, caller.start) : undefined;
		const length = Math.min(caller.end - caller.start, 4 * 1024 * 1024);
		if (start === undefined || length <= 0 || start + length > program.bytes.length) continue;
		if (program.machine === 'x86-64') intelCalls(program, caller, start, length, targets, starts, found);
		else armCalls(program, caller, start, length, targets, found);
	}
	return found;
}

function intelCalls(
	program: LoadedProgram,
	caller: GoFunction,
	start: number,
	length: number,
	targets: ReadonlyMap<number, string>,
	starts: ReadonlySet<number>,
	found: GoCall[],
): void {
	const { bytes, table } = program;
	// what was put into registers before another call is gone
	let before = start;
	for (let at = start; at + 5 <= start + length; at += 1) {
		// 0xe8 CALL; 0xe9 JMP of a call in tail position
		if (bytes[at] !== 0xe8 && bytes[at] !== 0xe9) continue;
		const target = caller.start + (at - start) + 5 + (table.u32(at + 1) | 0);
		if (!starts.has(target)) continue;
		const callee = targets.get(target);
		if (callee === undefined) {
			before = at + 5;
			continue;
		}
		const text = intelText(program, caller.start - start, Math.max(before, at - window), at);
		found.push({ caller, callee, ...(text === undefined ? {} : { text }) });
		before = at + 5;
	}
}

/**
 * Go's register calling convention passes a string in two registers: `LEA address(RIP)` and `MOV length`. In AX and BX for the
 * first argument, in CX and DI behind an interface value.
 */
function intelText(program: LoadedProgram, base: number, from: number, call: number): string | undefined {
	const { bytes, table } = program;
	for (const [lea, mov] of [
		[0x05, 0xbb],
		[0x0d, 0xbf],
	] as const)
		for (let at = call - 7; at >= from; at -= 1) {
			if (bytes[at] !== 0x48 || bytes[at + 1] !== 0x8d || bytes[at + 2] !== lea) continue;
			const address = base + at + 7 + (table.u32(at + 3) | 0);
			const length = lengthAfter(program, mov, from, call);
			const text = length === undefined ? undefined : textAt(program, address, length);
			if (text !== undefined) return text;
			break;
		}
	return undefined;
}

/** The nearest `MOV imm32` into a register before the call. */
function lengthAfter({ bytes, table }: LoadedProgram, opcode: number, from: number, call: number): number | undefined {
	for (let at = call - 5; at >= from; at -= 1) {
		if (bytes[at] !== opcode) continue;
		const length = table.u32(at + 1);
		if (length > 0 && length <= 512) return length;
	}
	return undefined;
}

function textAt(program: LoadedProgram, address: number, length: number): string | undefined {
	const offset = offsetOf(program, address);
	if (offset === undefined || offset + length > program.bytes.length) return undefined;
	const text = Buffer.from(program.bytes.buffer, program.bytes.byteOffset + offset, length).toString('latin1');
	return /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

function armCalls(
	program: LoadedProgram,
	caller: GoFunction,
	start: number,
	length: number,
	targets: ReadonlyMap<number, string>,
	found: GoCall[],
): void {
	for (let at = start; at + 4 <= start + length; at += 4) {
		const word = program.table.u32(at);
		// BL and B: six bits of operation, 26 of signed distance in words
		if ((word & 0x7c000000) >>> 0 !== 0x14000000) continue;
		const callee = targets.get(caller.start + (at - start) + ((word << 6) >> 4));
		if (callee === undefined) continue;
		const text = armText(program, caller.start - start, Math.max(start, at - window), at);
		found.push({ caller, callee, ...(text === undefined ? {} : { text }) });
	}
}

/** `ADRP x0, page; ADD x0, x0, #low; MOV x1, #length`, or in x2 and x3 behind an interface value. */
function armText(program: LoadedProgram, base: number, from: number, call: number): string | undefined {
	const { table } = program;
	for (const register of [0, 2]) {
		let page: number | undefined;
		let address: number | undefined;
		let length: number | undefined;
		for (let at = from; at < call; at += 4) {
			const word = table.u32(at);
			const target = word & 31;
			if ((word & 0xfc000000) >>> 0 === 0x94000000) {
				page = undefined;
				address = undefined;
				length = undefined;
			}
			if ((word & 0x9f000000) >>> 0 === 0x90000000 && target === register) {
				const distance = (((word >> 5) << 13) >> 11) | ((word >>> 29) & 3);
				page = Math.floor((base + at) / 4096) * 4096 + distance * 4096;
				address = undefined;
			} else if ((word & 0xffc00000) >>> 0 === 0x91000000 && target === register && page !== undefined)
				address = page + ((word >>> 10) & 0xfff);
			// MOVZ, and ORR with a bitmask that the assembler writes for some constants
			else if ((word & 0xffe00000) >>> 0 === 0xd2800000 && target === register + 1) length = (word >>> 5) & 0xffff;
			else if ((word & 0xff8003e0) >>> 0 === 0xb20003e0 && target === register + 1) length = bitmask(word);
		}
		const text = address === undefined || length === undefined || length > 512 ? undefined : textAt(program, address, length);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** Arm Architecture Reference Manual, DecodeBitMasks, for 64-bit elements and short runs of ones. */
function bitmask(word: number): number | undefined {
	const [n, rotate, ones] = [(word >>> 22) & 1, (word >>> 16) & 63, ((word >>> 10) & 63) + 1];
	if (n !== 1 || ones > 16) return undefined;
	const value = 2 ** ones - 1;
	return rotate === 0 ? value : rotate > 48 ? value * 2 ** (64 - rotate) : undefined;
}
