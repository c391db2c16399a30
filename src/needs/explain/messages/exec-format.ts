import { machineOf } from '../../linking/machine.ts';
import { type Cause, holds, type MessageKind, type Scene } from '../message-kind.ts';
import { ownStartCauses, startCauses } from '../start-causes.ts';

const forms: readonly RegExp[] = [
	/\bexec (\/?[^\s":]{1,300}): exec format error/i,
	/exec: \\?"([^"\\]{1,300})\\?": exec format error/i,
	/(?:^|[\s:])([^\s:]{1,300}): cannot execute binary file: Exec format error/,
	/fork\/exec ([^\s:]{1,300}): exec format error/i,
	/exec container process [`']([^`']{1,300})[`']: Exec format error/,
];

/** ENOEXEC. */
export const execFormat: MessageKind = {
	kind: 'exec-format',
	seen: '`exec /app: exec format error`',
	looks: 'processor, `#!` line, what the file is',
	read(line) {
		if (!/exec format error/i.test(line)) return undefined;
		const path = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		const it = path ?? 'what is started';
		return {
			what: `the kernel does not know what ${it} is: a program for another processor, a script without a #! line, or no program at all`,
			possible: [
				{
					what: `${it} was built for another processor than the machine's`,
					hint: 'build it for the platform that it runs on (docker build --platform)',
				},
				{
					what: `${it} is a script whose first line is not #! and its interpreter`,
					hint: 'put #! and the interpreter into the very first line',
				},
				{ what: `${it} is empty or damaged` },
			],
			look: async (scene) => {
				const causes = await (path === undefined ? ownStartCauses(scene) : startCauses(scene, path));
				return causes.some(({ answer }) => answer === 'holds') ? causes : [...causes, wholeImage(scene)];
			},
		};
	},
};

/** The programs agree with each other: then it is the machine that differs. */
function wholeImage({ standing }: Scene): Cause {
	const machine = machineOf(standing.combined) ?? 'an unknown processor';
	const because = [{ path: 'image config', shows: `its programs are for ${machine}` }];
	return holds(
		`all of the image is for ${machine}: the machine that ran it has another processor`,
		because,
		'take or build the image for the platform of that machine (--platform)',
	);
}
