import { programsNamed } from '../by-name.ts';
import type { Metric } from '../metric.ts';
import { utilityName } from '../utilities.ts';

/** Drivers that turn source text into programs, and the assembler and linker they need; plain names. */
const drivers: ReadonlySet<string> = new Set(
	`as c++ cc clang clang++ csc g++ gcc gccgo gdc gfortran ghc gnat go javac kotlinc ld lld llc nasm nim nvcc ocamlc rustc scalac swiftc tcc
	yasm zig`.split(/\s+/),
);

export const compilers: Metric<'compilers'> = {
	title: 'compilers',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = programsNamed(scene, driverOf);
			return { count: items.length, items };
		},
	}),
};

function driverOf(name: string): string | undefined {
	const plain = utilityName(name);
	return plain !== undefined && drivers.has(plain) ? plain : undefined;
}
