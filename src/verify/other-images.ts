import type { Dockerfile, Stage } from '../formats/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../formats/dockerfile/parse.ts';
import { substitute } from '../formats/dockerfile/substitute.ts';
import { globalScope } from '../needs/application/variables.ts';

/**
 * The images that a build takes from elsewhere besides `base`: those that its other stages stand on, and those that files are
 * copied or mounted from. Undefined when one of them cannot be told.
 */
export function otherImages(text: string, buildArgs: Readonly<Record<string, string>>, base: string): readonly string[] | undefined {
	const dockerfile = parseDockerfile(text);
	const mark = dockerfile.directives.escape;
	const { values } = globalScope(dockerfile.globalArgs, new Map(Object.entries(buildArgs)), mark);
	const found = dockerfile.stages.flatMap((stage) =>
		[stage.base, ...sourcesOf(stage)]
			.map((name) => substitute(name, values, { escape: mark, keepUnset: true }).text)
			.filter((name) => !isStage(dockerfile, stage, name)),
	);
	const images = [...new Set(found)].filter((name) => name !== base && name !== 'scratch').sort();
	return images.some((name) => !/^[A-Za-z0-9][\w.:/@+-]*$/.test(name)) ? undefined : images;
}

function sourcesOf({ instructions }: Stage): readonly string[] {
	return instructions.flatMap(({ keyword, flags }) =>
		flags.flatMap(({ name, value }) => {
			if (name === 'from' && (keyword === 'COPY' || keyword === 'ADD')) return [value];
			const mounted = keyword === 'RUN' && name === 'mount' ? /(?:^|,)from=([^,]*)/.exec(value)?.[1] : undefined;
			return mounted === undefined ? [] : [mounted];
		}),
	);
}

function isStage({ stages }: Dockerfile, { index }: Stage, name: string): boolean {
	const earlier = stages.slice(0, index);
	return earlier.some((stage) => stage.name === name.toLowerCase()) || (/^\d{1,4}$/.test(name) && Number(name) < index);
}
