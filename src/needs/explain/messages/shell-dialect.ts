import { placeOf } from '../../launch/place.ts';
import { holds, type MessageKind, open } from '../message-kind.ts';

const form =
	/(?:Illegal option -o pipefail|Syntax error: (?:"\(" unexpected|Bad for loop variable|Bad substitution)|Bad substitution|\[\[: not found|source: not found|unrecognized option[:=]? .{1,80}(?:BusyBox)?)/;

/** A script for bash or with options of GNU programs meets dash or BusyBox. */
export const shellDialect: MessageKind = {
	kind: 'shell-dialect',
	seen: '`Illegal option -o pipefail`, `Syntax error: "(" unexpected`',
	looks: 'what `/bin/sh` is, and whether there is bash',
	read(line) {
		if (!form.test(line)) return undefined;
		const hint = 'begin the script with #!/bin/bash and take a base with bash, or write it in POSIX shell with POSIX options';
		return {
			what: 'a script uses what only bash or the GNU programs know, and another shell or BusyBox runs it',
			possible: [{ what: '/bin/sh is dash or BusyBox here, and was bash where the script was written', hint }],
			look: async (scene) => {
				const { place } = await placeOf(scene.application, scene.standing);
				const shell = place.rootfs.resolve('/bin/sh');
				if (shell === undefined) return [open('the image has no /bin/sh: the message came from another')];
				const bash = place.rootfs.resolve('/bin/bash') ?? place.rootfs.resolve('/usr/bin/bash');
				return [
					holds(
						`/bin/sh is ${shell.path}`,
						[{ path: shell.path, shows: bash === undefined ? 'there is no bash in the image' : `bash is ${bash.path}` }],
						hint,
					),
				];
			},
		};
	},
};
