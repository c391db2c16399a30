import { access, type Wish } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { placeOf } from '../../launch/place.ts';
import { deepest } from '../elsewhere.ts';
import { type Cause, holds, isNot, type MessageKind, open, type Scene } from '../message-kind.ts';
import { ownStartCauses, startCauses } from '../start-causes.ts';

const started: readonly RegExp[] = [
	/exec: \\?"([^"\\]{1,300})\\?": permission denied/i,
	/\bexec (\/?[^\s":]{1,300}): permission denied/i,
	/\bspawn(?:Sync)? ([^\s]{1,300}) EACCES/,
	/fork\/exec ([^\s:]{1,300}): permission denied/,
	/\b(?:ba|da|a|k|z)?sh: (?:(?:line )?\d+: )?(\/[^\s:]{1,300}): Permission denied/,
	/exec container process [`']([^`']{1,300})[`']: Permission denied/,
];
const nameless = /exec user process(?: caused)?:? "?permission denied/;
const opened: readonly RegExp[] = [
	/EACCES: permission denied, \w{1,20} '([^']{1,500})'/,
	/Permission denied: '([^']{1,500})'/,
	/\b(?:open|mkdir|create|unlink|rename|remove) ([^\s:]{1,500}): permission denied/,
	/cannot (?:create|open|touch|create directory) ['‘]?([^'’:]{1,500})['’]?: Permission denied/i,
	/(\/[^\s:()]{1,500}) \(Permission denied\)/,
	/Access to the path '([^']{1,500})' is denied/,
];

/** EACCES and EPERM: of a program that is started, or of a file that is opened. */
export const permission: MessageKind = {
	kind: 'permission',
	seen: '`permission denied`, `EACCES`',
	looks: 'bits, owner and the user of the image',
	read(line) {
		const program = started.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (program !== undefined || nameless.test(line)) {
			const it = program ?? 'what the image starts';
			return {
				what: `the kernel may not start ${it} as this user`,
				possible: [
					{ what: `${it} has no execute bit for the user`, hint: 'COPY --chmod=755, or chmod +x before it is copied' },
					{ what: `a directory on the way to ${it} is closed to the user` },
					{ what: `${it} is a directory` },
					{ what: 'it lies in a volume that is mounted noexec' },
				],
				look: (scene) => (program === undefined ? ownStartCauses(scene) : startCauses(scene, program)),
			};
		}
		const path = opened.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (path === undefined) return undefined;
		return {
			what: `the process may not open or make ${path} as the user it runs as`,
			possible: [
				{ what: `${path} belongs to another user`, hint: 'COPY --chown=UID:GID, or write to a volume that belongs to the user' },
				{ what: 'a volume or a policy of the host is in the way' },
			],
			look: (scene) => fileCauses(scene, path),
		};
	},
};

async function fileCauses(scene: Scene, named: string): Promise<readonly Cause[]> {
	const { place } = await placeOf(scene.application, scene.standing);
	const path = absolutePath(named, place.workingDir);
	const there = place.rootfs.resolve(path);
	const [of, wish]: readonly [string, Wish] =
		there === undefined || there.type === 'directory' ? [there?.path ?? deepest(place.rootfs, path), 'write'] : [path, 'write'];
	const reached = access(place.rootfs, of, place.who, wish);
	const who = `the process is ${place.who.uid}:${place.who.gids[0] ?? 0}`;
	if (reached.answer !== 'denied')
		return [
			isNot(`the image itself closes ${path} to the user`, [{ path: of, shows: `may be written; ${who}` }]),
			open('a volume, a read-only root or a policy of the host is in the way'),
		];
	const entry = place.rootfs.resolve(reached.at);
	const shows = `mode ${((entry?.mode ?? 0) & 0o7777).toString(8).padStart(4, '0')}, of ${entry?.uid ?? 0}:${entry?.gid ?? 0}; ${who}`;
	const ids = `${place.who.uid}:${place.who.gids[0] ?? 0}`;
	return [
		holds(
			`${reached.at} may not be written by the user`,
			[{ path: reached.at, shows }],
			`COPY --chown=${ids}, or write to a volume or /tmp`,
		),
	];
}
