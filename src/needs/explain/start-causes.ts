import { access } from '../../formats/access.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Entry } from '../../model/rootfs.ts';
import { absolutePath, baseName } from '../application/stage-tree.ts';
import type { Place } from '../launch/course.ts';
import { placeOf } from '../launch/place.ts';
import { parseShebang, resolveProgram } from '../launch/resolve-program.ts';
import { machineOf } from '../linking/machine.ts';
import { remedyOf } from '../linking/remedy.ts';
import { startProcess } from '../linking/start-process.ts';
import { deepest, elsewhere, listed } from './elsewhere.ts';
import { type Cause, holds, isNot, open, type Scene } from './message-kind.ts';

/** Why a file cannot be started in an image, asked as the kernel asks: the path, its bits, its `#!` line or its loader, its libraries. */
export async function startCauses(scene: Scene, named: string): Promise<readonly Cause[]> {
	const { place } = await placeOf(scene.application, scene.standing);
	const path = absolutePath(named, place.workingDir);
	const entry = place.rootfs.resolve(path);
	if (entry === undefined) return [absent(place, path)];
	if (entry.type === 'directory') return [holds(`${path} is a directory`, at(entry, 'a directory'), 'name the program in it')];
	if (access(place.rootfs, path, place.who, 'execute').answer === 'denied') return [notExecutable(place, entry)];
	const because = at(entry, `is there, ${sizeText(entry)}`);
	if (entry.size === 0) return [holds(`${path} is empty`, because, 'it was not copied or built as it should be')];
	const line = place.rootfs.shebang(path);
	if (line !== undefined) return scriptCauses(scene, place, entry, line);
	if (place.rootfs.elf(path) !== undefined) return programCauses(scene, place, path, entry);
	if (entry.content === 'unread') return [open(`what ${path} is was not looked at`, because)];
	const text = 'it is neither a program (ELF) nor a script that begins with #!';
	return [holds(`${path} cannot be started: ${text}`, because, `begin it with #!, or start it with its interpreter (sh ${path})`)];
}

const at = (entry: Entry, shows: string): readonly Evidence[] => [{ path: entry.path, layer: entry.layer, shows }];
const sizeText = ({ size }: Entry): string => `${size} bytes`;

function absent({ rootfs }: Place, path: string): Cause {
	const others = elsewhere(rootfs, (name) => name === baseName(path));
	const last = deepest(rootfs, path);
	const because = [{ path: last, shows: `is the last directory on the way to ${path} that is there` }, ...listed(others, 'has that name')];
	const hint = others[0] === undefined ? 'copy it into the image, or name what is there' : `name ${others[0].path}, or copy it to ${path}`;
	return holds(`${path} is not in the image`, because, hint);
}

function notExecutable({ rootfs, who }: Place, entry: Entry): Cause {
	const denied = access(rootfs, entry.path, who, 'execute');
	const where = denied.answer === 'denied' ? (rootfs.resolve(denied.at) ?? entry) : entry;
	const mode = `mode ${(where.mode & 0o7777).toString(8).padStart(4, '0')}, of ${where.uid}:${where.gid}; the process is ${who.uid}:${who.gids[0] ?? 0}`;
	const what =
		where.path === entry.path
			? `${entry.path} is there but may not be executed`
			: `${entry.path} cannot be reached: ${where.path} is closed to the process`;
	return holds(what, at(where, mode), `COPY --chmod=755, or chmod +x before it is copied`);
}

function scriptCauses(scene: Scene, place: Place, entry: Entry, line: string): Promise<readonly Cause[]> | readonly Cause[] {
	const interpreter = parseShebang(line);
	if (interpreter === undefined) return [holds(`${entry.path} names no interpreter after #!`, at(entry, line))];
	if (interpreter.path.endsWith('\r') || interpreter.argument?.endsWith('\r'))
		return [
			holds(
				`${entry.path} has line ends of Windows: the kernel looks for an interpreter whose name ends in a carriage return`,
				at(entry, JSON.stringify(line)),
				'save it with line ends of Unix (dos2unix, or "*.sh text eol=lf" in .gitattributes)',
			),
		];
	const resolved = resolveProgram([entry.path], place, place.rootfs, place.who);
	if (resolved.failure !== undefined)
		return [
			holds(
				`${entry.path} is there, but ${resolved.failure.missing}, which its first line names, cannot be started`,
				[...at(entry, line), ...resolved.failure.places.slice(0, 3).map((path) => ({ path, shows: 'is not there or will not do' }))],
				`${resolved.failure.message}; take a base with ${baseName(resolved.failure.missing)}, or start the program without the script`,
			),
		];
	const last = resolved.chain.at(-1);
	return last === undefined || last.real === entry.path ? [nothingWrong(entry)] : startCauses(scene, last.path);
}

async function programCauses({ standing }: Scene, place: Place, path: string, entry: Entry): Promise<readonly Cause[]> {
	const start = { path, name: path, env: place.env, machine: machineOf(standing.base), cacheRebuilt: false };
	const process = await startProcess(place.rootfs, start);
	const defects = process?.defects ?? [];
	if (defects.length > 0)
		return defects
			.slice(0, 5)
			.map((defect) => holds(defect.message, at(defect.by?.entry ?? entry, defect.missing), remedyOf(defect, standing.base)));
	const doubt = process?.doubts[0];
	return [doubt === undefined ? nothingWrong(entry) : open(`nothing is missing that could be seen: ${doubt}`, at(entry, 'is there'))];
}

function nothingWrong(entry: Entry): Cause {
	return isNot(`${entry.path} cannot be started`, at(entry, 'is there, may be executed, and all that its loader asks for is there'));
}

/** The same of what the image itself starts, when a message names nothing. */
export async function ownStartCauses(scene: Scene): Promise<readonly Cause[]> {
	const { config } = scene.standing;
	const first = config.entrypoint[0] ?? config.command[0];
	if (first === undefined)
		return [
			holds('the image starts nothing', [{ path: 'image config', shows: 'neither ENTRYPOINT nor CMD' }], 'name a command after the image'),
		];
	const { place } = await placeOf(scene.application, scene.standing);
	const resolved = resolveProgram([...config.entrypoint, ...config.command], place, place.rootfs, place.who);
	const { failure } = resolved;
	if (failure !== undefined && resolved.chain.length === 0 && !first.includes('/')) {
		const because = failure.places.slice(0, 8).map((path) => ({ path, shows: 'is not there' }));
		return [holds(failure.message, because, `${first} is what the image starts; copy it, or take a base that has it`)];
	}
	return startCauses(scene, resolved.chain[0]?.path ?? first);
}
