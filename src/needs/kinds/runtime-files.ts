import type { NeedKind } from '../need-kind.ts';
import { checkFile, type FileData, fileNeeds } from '../source/file-need.ts';
import type { PlaceClass } from '../source/places.ts';
import { readSource } from '../source/read-source.ts';

const classes: ReadonlySet<PlaceClass> = new Set(['base', 'other']);

/** Files that the application's source opens by their absolute path, apart from certificates and time zones. */
export const runtimeFiles: NeedKind<FileData> = {
	kind: 'runtime-files',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		return fileNeeds(
			'runtime-files',
			application,
			facts.filter((fact) => !fact.dependency),
			classes,
		);
	},
	async check(need, standing) {
		return checkFile(need, standing);
	},
};
