import type { Instruction, Stage } from '../../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import { splitWords } from '../../formats/dockerfile/words.ts';
import type { Application, Change, DockerfileEdit, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { replaced } from './dockerfile-edits.ts';

const fileInstructions = new Set(['RUN', 'COPY', 'ADD']);
const repeated = new Set(['ENV', 'USER', 'EXPOSE', 'LABEL', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD', 'ENTRYPOINT']);
/** Below these a base has files of its own: taking them over as a whole would bring the old base along. */
const shared =
	/^\/(usr(\/(local(\/(bin|lib|share|etc|sbin))?|bin|lib|share|sbin|include))?|bin|sbin|lib\d*|etc|var(\/(lib|cache|log))?|root|home|opt|tmp|run|dev|proc|sys)?$/;

/**
 * RUN moved into a builder: the stage as it is becomes a builder on the base of today, and a new last stage on the new base
 * copies the application's directories. Only where all that the stage makes lies in directories of the application.
 */
export function builderStage(application: Application, standing: Standing): readonly Change[] {
	const { dockerfile, currentBase } = application;
	if (dockerfile === undefined || currentBase === undefined || currentBase.reference === standing.reference) return [];
	const stage = parseDockerfile(dockerfile.text).stages.at(-1);
	if (stage === undefined || currentBase.because.line !== stage.from.line) return [];
	const last = stage.instructions.findLast(({ keyword }) => fileInstructions.has(keyword));
	const places = placesOf(application, stage);
	if (last === undefined || places === undefined || places.length === 0) return [];
	const name = stage.name ?? 'build';
	const edits: DockerfileEdit[] = [
		...(stage.name === undefined ? [replaced(stage.from, `FROM ${flags(stage.from)}${stage.from.text} AS ${name}`)] : []),
		{ kind: 'insert-after', line: last.endLine, text: finalStage(application, standing, stage, last, name, places) },
	];
	const what = `RUN happens in a stage of its own on ${currentBase.reference}; the last stage copies ${places.join(', ')}`;
	return [{ what, because: 'the base has no shell to run it', edits, alone: true }];
}

const flags = (instruction: Instruction): string => instruction.flags.map(({ name, value }) => `--${name}=${value} `).join('');

function finalStage(
	application: Application,
	standing: Standing,
	stage: Stage,
	last: Instruction,
	name: string,
	places: readonly string[],
): string {
	const before = stage.instructions.filter(({ line, keyword }) => line <= last.line && repeated.has(keyword));
	const lines = application.dockerfile?.text.split(/\r?\n/) ?? [];
	const again = before.map(({ line, endLine }) => lines.slice(line - 1, endLine).join('\n'));
	const workdir = application.launch.workingDir?.value;
	return [
		'',
		`FROM ${standing.reference}`,
		...(workdir === undefined ? [] : [`WORKDIR ${workdir}`]),
		...places.map((path) => `COPY --from=${name} ${chownOf(application, path)}${path} ${path}`),
		...again,
	].join('\n');
}

/** The one owner of all that lies there, when it is not root. */
function chownOf(application: Application, path: string): string {
	const owners = new Set<string>();
	for (const entry of application.files.entries())
		if (entry.path === path || entry.path.startsWith(`${path}/`))
			owners.add(`${nameOf(application, entry.uid)}:${nameOf(application, entry.gid)}`);
	const [only] = owners;
	return owners.size === 1 && only !== undefined && only !== '0:0' ? `--chown=${only} ` : '';
}

const nameOf = (application: Application, id: number): string => application.ownerNames?.get(id) ?? String(id);

/** The fewest directories and files that hold all that the stage makes; undefined when one of them is shared with the base. */
function placesOf(application: Application, stage: Stage): readonly string[] | undefined {
	let workingDir = '/';
	const found = new Set<string>();
	for (const { keyword, text, json, heredocs } of stage.instructions) {
		if (keyword === 'WORKDIR') workingDir = absolutePath(text, workingDir);
		if (keyword !== 'COPY' && keyword !== 'ADD') continue;
		const destination = (json ?? splitWords(text, '\\')).at(-1) ?? '';
		if (destination.includes('$') || heredocs.length > 0) return undefined;
		found.add(absolutePath(destination, workingDir));
	}
	for (const { code, where } of application.unseen) {
		if (code === 'unseen-user') return undefined;
		found.add(where.replace(/\/node_modules$/, '') || '/');
	}
	const places = [...found].filter((path) => ![...found].some((other) => other !== path && path.startsWith(`${other}/`)));
	return places.some((path) => shared.test(path)) ? undefined : places.sort();
}
