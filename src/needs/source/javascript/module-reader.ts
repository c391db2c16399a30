import { createHash } from 'node:crypto';
import type { Application } from '../../../model/need.ts';
import { firstReading } from '../../application/first-reading.ts';
import { type ModuleFacts, readModule } from './read-module.ts';

export type ModuleReader = (text: string) => ModuleFacts;

const readers = new WeakMap<Application, ModuleReader>();

/** Reads each text once for an application and for what edits of its Dockerfile make of it. */
export function moduleReader(application: Application): ModuleReader {
	const first = firstReading(application);
	const reader = readers.get(first) ?? newReader();
	readers.set(first, reader);
	return reader;
}

function newReader(): ModuleReader {
	const known = new Map<string, ModuleFacts>();
	return (text) => {
		const key = createHash('sha256').update(text, 'utf16le').digest('base64');
		const facts = known.get(key) ?? readModule(text);
		known.set(key, facts);
		return facts;
	};
}
