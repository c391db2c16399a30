import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goProgram } from '../../test/support/go-program.ts';
import { ElfCollector, prefixLimit } from './elf-collector.ts';

/** A program whose data lies far behind what is kept of a large file, as external linkers write it. */
function largeProgram(): Buffer {
	const small = goProgram([], { modules: 'mod\texample.com/x\tv1.0.0\n' });
	const far = prefixLimit + 3 * 1024 * 1024;
	const file = Buffer.alloc(far + small.length);
	file.set(small.subarray(0, 0x100));
	file.writeBigUInt64LE(BigInt(prefixLimit + 4096), 72);
	file.writeBigUInt64LE(BigInt(far + small.length - prefixLimit - 4096), 96);
	// the text of the magic where it is no note, and then the note
	file.write('\xff Go buildinf:\x08\x02', far - 1000, 'latin1');
	file.set(small.subarray(0x100, 0x1000), far);
	return file;
}

test('elf: the note of the Go linker is found far behind what is kept of a large file, whatever the pieces', () => {
	const file = largeProgram();
	const collector = new ElfCollector({ built: true });
	const at = file.indexOf(Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'), prefixLimit + 3 * 1024 * 1024);
	for (const piece of [1 << 20, at + 5, at + 40]) {
		collector.begin(file.length, file.subarray(0, 2048), false);
		for (let from = 0; from < file.length; from += piece) collector.add(file.subarray(from, from + piece), from);
		assert.match(
			collector.finish()?.built?.go?.modules ?? '',
			/^path\tcommand-line-arguments\nmod\texample.com\/x\tv1\.0\.0\n$/,
			`${piece}`,
		);
	}
	assert.equal(collector.whole(goProgram([]))?.built?.go?.version, 'go1.22.3');
});
