import { root } from '../../formats/access.ts';
import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { unseenAt } from '../application/unseen.ts';
import { lookUp, resolveProgram } from '../launch/resolve-program.ts';
import type { NeedKind } from '../need-kind.ts';
import { javascriptRuntime } from '../runtimes/javascript-runtime.ts';
import { type Fact, type Language, strongest } from '../source/fact.ts';
import { evidenceOf } from '../source/file-need.ts';
import { readSource } from '../source/read-source.ts';

/** A program that the source starts, by name or path. */
interface ProgramData {
	readonly program: string;
	readonly language: Language;
	/** Started by a shell, whose words the message is in. */
	readonly inShell: boolean;
	readonly unseen?: string;
}

/** Shells and programs that the application's source starts. Code of its packages is listed as `possible`. */
export const programs: NeedKind<ProgramData> = {
	kind: 'programs',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		const byProgram = new Map<string, Fact[]>();
		for (const fact of facts) {
			const program = programOf(fact);
			if (program !== undefined) byProgram.set(program, [...(byProgram.get(program) ?? []), fact]);
		}
		return [...byProgram].slice(0, 500).map(([program, found]) => needFor(application, program, found));
	},
	async check(need, standing) {
		return checkProgram(need, standing);
	},
};

function programOf({ action }: Fact): string | undefined {
	if (action.kind === 'shell') return action.shell;
	return action.kind === 'program' && /^[\w./+@-]{1,200}$/.test(action.program) ? action.program : undefined;
}

function needFor(application: Application, program: string, facts: readonly Fact[]): Need<ProgramData> {
	const path = program.startsWith('/') ? program : `/usr/bin/${program}`;
	const unseen = unseenAt(application.unseen, path);
	const surest = strongest(facts.map((fact) => fact.certainty));
	const first = facts.find((fact) => fact.certainty === surest) as Fact;
	const shell = first.action.kind === 'shell';
	return {
		kind: 'programs',
		what: shell ? `the shell ${program}` : `the program ${program}`,
		certainty: surest,
		because: evidenceOf(facts),
		data: {
			program,
			language: first.language,
			inShell: first.inShell === true,
			...(unseen === undefined ? {} : { unseen: unseen.message }),
		},
	};
}

function checkProgram(need: Need<ProgramData>, standing: Standing): Check {
	const { program, unseen } = need.data;
	const { combined, config } = standing;
	const found = lookUp(program, { config, rootfs: combined, who: root });
	const resolved = 'entry' in found ? resolveProgram([found.path], config, combined) : undefined;
	if (resolved !== undefined && resolved.failure === undefined)
		return { need, answer: 'holds', because: [{ path: resolved.chain.at(-1)?.real ?? program, shows: `${program} is found` }] };
	if (unseen !== undefined) return { need, answer: 'unknown', because: [], hint: `${unseen}; it may bring ${program}` };
	const looked = 'places' in found ? found.places : (resolved?.failure?.places ?? []);
	return {
		need,
		answer: 'fails',
		because: [{ path: looked[0] ?? program, shows: looked.length > 1 ? `not in ${looked.length} directories of PATH` : 'is not there' }],
		message: messageOf(need.data, standing),
		hint: /(^|\/)(sh|bash|ash|dash)$/.test(program)
			? 'start the program itself, without a shell'
			: `bring ${program} with the application or use a base that has it`,
	};
}

function messageOf({ program, language, inShell }: ProgramData, standing: Standing): string {
	if (inShell) return `${program}: not found`;
	if (language === 'python') return `[Errno 2] No such file or directory: '${program}'`;
	if (language === 'native') return `${program}: No such file or directory`;
	if (language === 'java') return `Cannot run program "${program}": error=2, No such file or directory`;
	if (language === 'go')
		return program.includes('/')
			? `fork/exec ${program}: no such file or directory`
			: `exec: "${program}": executable file not found in $PATH`;
	const bun = language === 'javascript' && javascriptRuntime(standing, ['node', 'bun'])?.engine === 'bun';
	return bun && !program.includes('/') ? `Executable not found in $PATH: "${program}"` : `spawn ${program} ENOENT`;
}
