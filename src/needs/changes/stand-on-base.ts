import type { Dockerfile, Instruction, Stage } from '../../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import { splitWords } from '../../formats/dockerfile/words.ts';
import type { Application, Change, DockerfileEdit } from '../../model/need.ts';
import { replaced } from './dockerfile-edits.ts';

/**
 * The edit that puts the application on another base: the default of the ARG that FROM names alone, else the image in the
 * FROM line. Undefined when the stage of the base is also what a builder stands on: changing it would change the builder.
 */
export function standOnBase(application: Application, reference: string): Change | undefined {
	const text = application.dockerfile?.text;
	if (text === undefined || application.currentBase?.reference === reference) return undefined;
	const dockerfile = parseDockerfile(text);
	const stage = ownStage(dockerfile);
	const edit = stage && (argumentEdit(dockerfile, stage, reference) ?? fromEdit(stage, reference));
	const because = application.currentBase === undefined ? 'no base is named' : `it stands on ${application.currentBase.reference}`;
	return edit && { what: `FROM ${reference}`, because, edits: [edit] };
}

/** The stage whose FROM names the base of the last stage; none when stages beside its own descendants stand on it. */
function ownStage({ stages }: Dockerfile): Stage | undefined {
	const last = stages.at(-1);
	if (last === undefined) return undefined;
	const chain = [last];
	for (let parent = parentOf(stages, last); parent; parent = parentOf(stages, parent)) chain.push(parent);
	const root = chain.at(-1) as Stage;
	const shared = stages.some((stage) => !chain.includes(stage) && chain.includes(parentOf(stages, stage) ?? stage));
	// only its files are used elsewhere: they do not change with the base's name
	return shared ? undefined : root;
}

function parentOf(stages: readonly Stage[], stage: Stage): Stage | undefined {
	return stages.slice(0, stage.index).findLast(({ name }) => name === stage.base.toLowerCase());
}

function argumentEdit(dockerfile: Dockerfile, stage: Stage, reference: string): DockerfileEdit | undefined {
	const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(stage.base);
	const variable = name?.[1] ?? name?.[2];
	if (variable === undefined) return undefined;
	const uses = dockerfile.stages.filter(({ base }) => new RegExp(`\\$\\{?${variable}\\b`).test(base));
	const declared = dockerfile.globalArgs.filter((arg) => namesIn(arg, dockerfile).includes(variable));
	const [only] = declared;
	if (uses.length !== 1 || declared.length !== 1 || only === undefined || namesIn(only, dockerfile).length !== 1) return undefined;
	return replaced(only, `ARG ${variable}=${reference}`);
}

function namesIn(arg: Instruction, dockerfile: Dockerfile): readonly string[] {
	return splitWords(arg.text, dockerfile.directives.escape).map((word) => word.split('=', 1)[0] ?? '');
}

function fromEdit(stage: Stage, reference: string): DockerfileEdit {
	const { from } = stage;
	const flags = from.flags.map(({ name, value }) => `--${name}=${value} `).join('');
	const rest = from.text.slice(stage.base.length);
	return replaced(from, `FROM ${flags}${reference}${rest}`);
}
