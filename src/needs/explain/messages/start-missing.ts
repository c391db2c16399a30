import type { MessageKind } from '../message-kind.ts';
import { ownStartCauses, startCauses } from '../start-causes.ts';

const forms: readonly RegExp[] = [
	/\bexec (\/?[^\s":]{1,300}): no such file or directory/,
	/exec: "([^"]{1,300})": no such file or directory/,
	/(?:^|[\s:])([^\s:]{1,300}): cannot execute: required file not found/,
	/\b(?:ba|da|a|k|z)?sh: (?:(?:line )?\d+: )?([^\s:]{0,200}\/[^\s:]{1,200}): (?:not found|No such file or directory)/,
	/(?:^|[\s:])([^\s:]{1,300}): bad interpreter: No such file or directory/,
	/exec container process [`']([^`']{1,300})[`']: No such file or directory/,
];
const nameless = /exec user process(?: caused)?:? "?no such file or directory/;

/** The kernel says "no such file" also of a file that is there when its interpreter or loader is not. */
export const startMissing: MessageKind = {
	kind: 'start-missing',
	seen: '`exec /app: no such file or directory`, `required file not found`',
	looks: 'the file, its `#!` line, its loader, its libraries',
	read(line) {
		const path = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (path === undefined && !nameless.test(line)) return undefined;
		const it = path ?? 'what the image starts';
		return {
			what: `the kernel cannot start ${it}: it, the interpreter in its #! line, or the loader that it names is not there`,
			possible: [
				{ what: `${it} is not in the image` },
				{
					what: `${it} is a program whose loader is not there: built for glibc and started on musl, the other way round, or on an image without libc`,
					hint: 'build it on the libc of the base, or link it statically',
				},
				{
					what: `${it} is a script whose interpreter is not there`,
					hint: 'take a base with that interpreter, or start the program without the script',
				},
				{ what: `${it} is a script with line ends of Windows`, hint: 'save it with line ends of Unix' },
			],
			look: (scene) => (path === undefined ? ownStartCauses(scene) : startCauses(scene, path)),
		};
	},
};
