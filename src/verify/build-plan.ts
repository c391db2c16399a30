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
	/** An image that these changes copy files from, and what the engine knows it as. */
	readonly source?: { readonly reference: string; readonly image: string };
}

/**
 * The base as the value of the ARG that FROM names alone where there is one, else in the place of the image in the FROM
 * line. Undefined when that stage is also what a builder stands on.
 */
export function planBuild(application: Application, { image, buildArgs, patched, source }: BuildPlanOptions): BuildPlan | undefined {
	const { dockerfile, currentBase, ...rest } = application;
	if (dockerfile === undefined) return undefined;
	const text = source === undefined ? (patched ?? dockerfile.text) : renamed(patched ?? dockerfile.text, source);
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

/** `COPY --from` under the name that the engine knows. */
function renamed(text: string, { reference, image }: NonNullable<BuildPlanOptions['source']>): string {
	const edits = parseDockerfile(text).instructions.flatMap((instruction): readonly DockerfileEdit[] => {
		const copies = instruction.keyword === 'COPY' && instruction.flags.some(({ name, value }) => name === 'from' && value === reference);
		if (!copies || instruction.heredocs.length > 0) return [];
		const flags = instruction.flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${name === 'from' ? image : value}`} `);
		return [{ kind: 'replace', line: instruction.line, endLine: instruction.endLine, text: `COPY ${flags.join('')}${instruction.text}` }];
	});
	return applyEdits(text, edits);
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
