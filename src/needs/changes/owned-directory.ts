import type { Identity } from '../../formats/access.ts';
import type { Instruction, Stage } from '../../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import { splitWords } from '../../formats/dockerfile/words.ts';
import type { Application, Change, DockerfileEdit } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { flagsOf, replaced } from './dockerfile-edits.ts';

interface Placed {
	readonly instruction: Instruction;
	/** Before the instruction. */
	readonly workingDir: string;
}

/**
 * Lets a directory of the application belong to its user without a RUN: COPY makes a directory that is not there yet for
 * the owner of --chown, in every builder; WORKDIR makes it for root in some. So the first COPY into it comes before WORKDIR.
 */
export function ownedDirectory(application: Application, directory: string, who: Identity): readonly Change[] {
	const text = application.dockerfile?.text;
	if (text === undefined || directory === '/' || application.files.get(directory) === undefined) return [];
	const stage = parseDockerfile(text).stages.at(-1);
	const steps = stage && placed(stage);
	const owner = `${who.uid}:${who.gids[0] ?? 0}`;
	const copies = (steps ?? []).filter(({ instruction }) => instruction.keyword === 'COPY');
	const into = copies.filter((step) => within(destinationOf(step), directory) && !hasChown(step.instruction));
	const first = into.find((step) => destinationOf(step) === directory);
	if (first === undefined || into.some(({ instruction }) => instruction.json || instruction.heredocs.length > 0)) return [];
	const maker = (steps ?? []).find(
		({ instruction, workingDir }) => instruction.keyword === 'WORKDIR' && within(absolutePath(instruction.text, workingDir), directory),
	);
	const edits = into.flatMap((step) => (step === first ? [] : [replaced(step.instruction, chowned(step.instruction, owner, undefined))]));
	if (maker === undefined || maker.instruction.line > first.instruction.line)
		edits.push(replaced(first.instruction, chowned(first.instruction, owner, undefined)));
	else {
		const between = (steps ?? []).filter(({ instruction: { line } }) => line > maker.instruction.line && line < first.instruction.line);
		if (between.some(({ instruction: { keyword } }) => !harmless.has(keyword))) return [];
		edits.push(...swapped(maker.instruction, first.instruction, owner, directory));
	}
	return [
		{
			what: `${directory} belongs to ${owner}: COPY --chown before WORKDIR`,
			because: `the application writes in ${directory} and does not run as root`,
			edits,
		},
	];
}

const harmless = new Set(['ENV', 'ARG', 'LABEL', 'EXPOSE', 'STOPSIGNAL', 'VOLUME']);

function placed(stage: Stage): readonly Placed[] {
	let workingDir = '/';
	return stage.instructions.map((instruction) => {
		const step = { instruction, workingDir };
		if (instruction.keyword === 'WORKDIR') workingDir = absolutePath(instruction.text, workingDir);
		return step;
	});
}

function destinationOf({ instruction, workingDir }: Placed): string {
	const last = splitWords(instruction.text, '\\').at(-1) ?? '';
	return last.includes('$') ? '' : absolutePath(last, workingDir);
}

const within = (path: string, directory: string): boolean => path === directory || path.startsWith(`${directory}/`);
const hasChown = (instruction: Instruction): boolean => instruction.flags.some(({ name }) => name === 'chown');

function chowned(instruction: Instruction, owner: string, destination: string | undefined): string {
	const words = splitWords(instruction.text, '\\');
	const text = destination === undefined ? instruction.text : [...words.slice(0, -1), destination].join(' ');
	return `${instruction.keyword} --chown=${owner} ${flagsOf(instruction)}${text}`;
}

/** COPY takes the place of WORKDIR and the other way round; what stood relative to it is written out. */
function swapped(workdir: Instruction, copy: Instruction, owner: string, directory: string): readonly DockerfileEdit[] {
	return [replaced(workdir, chowned(copy, owner, `${directory}/`)), replaced(copy, `WORKDIR ${workdir.text}`)];
}
