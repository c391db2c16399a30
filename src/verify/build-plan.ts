import { applyEdits } from '../formats/dockerfile/edit.ts';
import { parseDockerfile } from '../formats/dockerfile/parse.ts';
import type { Application, DockerfileEdit } from '../model/need.ts';
import { standOnBase } from '../needs/changes/stand-on-base.ts';

/** What is given to the builder so that the application stands on a base. */
export interface BuildPlan {
	readonly how: 'build-arg' | 'final-from' | 'patch';
	/** The Dockerfile as it is built. */
	readonly text: string;
	readonly buildArgs: Readonly<Record<string, string>>;
	/** In words, for the report. */
	readonly because: string;
}

export interface BuildPlanOptions {
	/** What the engine knows the base as. */
	readonly image: string;
	readonly buildArgs: Readonly<Record<string, string>>;
	/** The Dockerfile with all changes that the static proof made. */
	readonly patched?: string;
}

/**
 * The base as the value of the ARG that FROM names alone where there is one, else in the place of the image in the FROM
 * line. Undefined when that stage is also what a builder stands on.
 */
export function planBuild(application: Application, { image, buildArgs, patched }: BuildPlanOptions): BuildPlan | undefined {
	const { dockerfile, currentBase, ...rest } = application;
	if (dockerfile === undefined) return undefined;
	const text = patched ?? dockerfile.text;
	const edits = standOnBase({ ...rest, dockerfile: { ...dockerfile, text } }, image)?.edits;
	if (edits === undefined) return undefined;
	const argument = /^ARG (\w+)=/.exec(edits[0]?.text ?? '')?.[1];
	const how = patched === undefined ? (argument === undefined ? 'final-from' : 'build-arg') : 'patch';
	return {
		how,
		text: argument === undefined ? applyEdits(text, edits) : text,
		buildArgs: argument === undefined ? buildArgs : { ...buildArgs, [argument]: image },
		because: because(how, argument),
	};
}

function because(how: BuildPlan['how'], argument: string | undefined): string {
	if (how === 'patch') return 'with the changes that the static proof asks for';
	return argument === undefined ? 'with the image in its final FROM replaced' : `with --build-arg ${argument}`;
}

/** Labels every stage right after its FROM, for builders that keep the image of each step. */
export function labelStages(text: string, label: string): string {
	const edits = parseDockerfile(text).stages.map(({ from }): DockerfileEdit => {
		return { kind: 'insert-after', line: from.endLine, text: `LABEL ${label}` };
	});
	return applyEdits(text, edits);
}
