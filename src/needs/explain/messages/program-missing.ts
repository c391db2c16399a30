import { root } from '../../../formats/access.ts';
import { placeOf } from '../../launch/place.ts';
import { defaultPath, lookUp } from '../../launch/resolve-program.ts';
import { elsewhere, listed } from '../elsewhere.ts';
import { type Cause, holds, type MessageKind, type Scene } from '../message-kind.ts';
import { hintFor, isScript } from '../program-hint.ts';
import { startCauses } from '../start-causes.ts';

const forms: readonly RegExp[] = [
	/exec: \\?"([^"\\]{1,300})\\?": (?:executable file not found in \$PATH|stat [^:]{1,300}: no such file or directory)/,
	/\b(?:ba|da|a|k|z)?sh: (?:(?:line )?\d+: )?([^\s:]{1,300}): (?:command )?not found/,
	/\benv: (?:can't execute )?['‘]?([^'’:]{1,300}?)['’]?: No such file or directory/,
	/\bspawn(?:Sync)? ([^\s]{1,300}) ENOENT/,
	/Executable not found in \$PATH: "([^"]{1,300})"/,
	/Cannot run program "([^"]{1,300})".{0,200}error=2\b/,
	/^([^\s:]{1,100}): command not found/,
	/crun: executable file [`']([^`']{1,300})[`'] not found in \$PATH/,
];

/** Who starts a program does not find it. */
export const programMissing: MessageKind = {
	kind: 'program-missing',
	seen: '`executable file not found in $PATH`, `curl: not found`, `spawn git ENOENT`',
	looks: '`PATH`, the program and all that it needs to start',
	read(line) {
		const name = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (name === undefined) return undefined;
		return {
			what: name.includes('/')
				? `something starts ${name}, and the kernel finds no such file, or not what it needs to be started`
				: `something starts ${name}, and no directory of PATH has a program of that name`,
			possible: [
				{ what: `${name} is not in the image`, hint: hintFor(name) },
				name.includes('/')
					? { what: `${name} is there, but its #! line or its loader names a file that is not` }
					: { what: `${name} is in a directory that PATH does not name` },
			],
			look: (scene) => (name.includes('/') ? pathCauses(scene, name) : nameCauses(scene, name)),
		};
	},
};

async function pathCauses(scene: Scene, name: string): Promise<readonly Cause[]> {
	const causes = await startCauses(scene, name);
	return causes.map((cause) => (/is not in the image$/.test(cause.what) ? { ...cause, hint: hintFor(name) } : cause));
}

async function nameCauses(scene: Scene, name: string): Promise<readonly Cause[]> {
	const { place } = await placeOf(scene.application, scene.standing);
	const found = lookUp(name, { config: place, rootfs: place.rootfs, who: place.who });
	if ('entry' in found) return startCauses(scene, found.path);
	const forRoot = lookUp(name, { config: place, rootfs: place.rootfs, who: root });
	if ('entry' in forRoot || found.failure === 'EACCES')
		return startCauses(scene, 'path' in forRoot ? forRoot.path : (found.places[0] ?? name));
	const path = place.env.findLast((variable) => variable.name === 'PATH')?.value ?? defaultPath;
	const others = elsewhere(place.rootfs, (other, { mode, type }) => other === name && (type === 'symlink' || (mode & 0o111) !== 0));
	const searched = { path: 'image config', shows: `PATH is ${path}` };
	if (others[0] !== undefined)
		return [
			holds(
				`${name} is in the image, but not in a directory of PATH`,
				[searched, ...listed(others, 'has that name')],
				`start ${others[0].path}`,
			),
		];
	if (isScript(name) && place.rootfs.resolve(`${place.workingDir}/${name}`) !== undefined)
		return [
			holds(
				`${name} is a file for an interpreter, not a program`,
				[{ path: `${place.workingDir}/${name}`, shows: 'is there' }],
				hintFor(name),
			),
		];
	return [holds(`${name} is not in the image`, [searched], hintFor(name))];
}
