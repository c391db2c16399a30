import { type Course, unknown } from '../course.ts';
import { baseName, type Main } from './main.ts';

/** Options with a value, per program that runs the words behind its own. */
const wrappers = new Map<string, { readonly values: readonly string[]; readonly operands: number }>([
	['tini', { values: ['-p', '-e'], operands: 0 }],
	['tini-static', { values: ['-p', '-e'], operands: 0 }],
	['docker-init', { values: ['-p', '-e'], operands: 0 }],
	['catatonit', { values: [], operands: 0 }],
	['dumb-init', { values: ['-r', '--rewrite'], operands: 0 }],
	['nice', { values: ['-n'], operands: 0 }],
	['ionice', { values: ['-c', '-n'], operands: 0 }],
	['nohup', { values: [], operands: 0 }],
	['setsid', { values: [], operands: 0 }],
	['stdbuf', { values: ['-i', '-o', '-e'], operands: 0 }],
	['timeout', { values: ['-s', '-k', '--signal', '--kill-after'], operands: 1 }],
]);

/** An init or another program that starts the words behind its own options. */
export const wrapper: Main = {
	answers: ({ argv, path }) => wrappers.has(baseName(argv[0] ?? '')) || wrappers.has(baseName(path)),
	async follow({ argv, path, place, because, depth, start }): Promise<readonly Course[]> {
		const form = wrappers.get(baseName(argv[0] ?? '')) ?? wrappers.get(baseName(path));
		let index = 1;
		for (; index < argv.length && argv[index]?.startsWith('-'); index++) {
			if (argv[index] === '--') {
				index++;
				break;
			}
			if (form?.values.includes(argv[index] ?? '')) index++;
		}
		const inner = argv.slice(index + (form?.operands ?? 0));
		if (inner.length === 0) return [unknown(`${argv[0]} is given no program`)];
		return start(inner, place, because, depth + 1);
	},
};
