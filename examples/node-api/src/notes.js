import { nanoid } from 'nanoid';

/** Notes in memory. */
export function createNotes() {
	const notes = new Map();
	return {
		all: () => [...notes.values()],
		get: (id) => notes.get(id),
		remove: (id) => notes.delete(id),
		add({ text }) {
			if (typeof text !== 'string' || text === '') throw Object.assign(new Error('a note has a text'), { status: 422 });
			const note = { id: nanoid(), text, created: new Date().toISOString() };
			notes.set(note.id, note);
			return note;
		},
	};
}
