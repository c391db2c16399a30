import { type MessageKind, open } from '../message-kind.ts';

const form = /(?:EROFS|[Rr]ead-only file system)(?:.{0,60}'([^']{1,500})')?/;

/** EROFS: said by how the container is run, not by its image. */
export const readOnly: MessageKind = {
	kind: 'read-only',
	seen: '`Read-only file system`',
	looks: 'nothing: the run decides',
	read(line) {
		const match = form.exec(line);
		if (match === null) return undefined;
		const what =
			'the container is run with a read-only root (--read-only, readOnlyRootFilesystem), or the file lies in a volume mounted so';
		const hint = `give the place${match[1] === undefined ? '' : ` of ${match[1]}`} a volume or a tmpfs (--tmpfs /tmp, emptyDir)`;
		return {
			what: 'the process writes where the file system may only be read',
			possible: [{ what, hint, certain: true }],
			look: async ({ standing: { config } }) => [
				open(what, [{ path: 'image config', shows: `VOLUME ${config.volumes.join(' ') || '(none)'}` }], hint),
			],
		};
	},
};
