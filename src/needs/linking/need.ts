import type { Application } from '../../model/need.ts';
import type { OpenedLibrary } from '../source/fact.ts';
import type { AddonGroup } from './addons/addon-group.ts';
import type { FileGroup } from './files/find-files.ts';

/** What a need of this kind is about. */
export type LinkingNeed = { readonly application: Application } & (
	| {
			/** Programs of the launch chain, or of the health check. */
			readonly of: 'start' | 'health';
	  }
	| {
			/** A native addon of Node.js (or of a runtime that takes them): one of several files is loaded. */
			readonly of: 'addon';
			readonly group: AddonGroup;
	  }
	| {
			/** Other programs and libraries that the application brings. */
			readonly of: 'files';
			readonly group: FileGroup;
	  }
	| {
			/** A library that a program of the application opens by its name. */
			readonly of: 'opened';
			/** Absolute path of the program. */
			readonly program: string;
			readonly opened: OpenedLibrary;
	  }
);
