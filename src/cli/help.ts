import type { Command, Flags } from './command.ts';
import { commands } from './commands/index.ts';
import { commonFlags } from './common-flags.ts';

export function overview(): string {
	const width = Math.max(...commands.map(({ name }) => name.length));
	return `${[
		'footing finds the smallest container base image that genuinely supports an application',
		'',
		'usage: footing COMMAND [ARGUMENT…] [FLAG…]',
		'',
		...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
		'',
		'footing COMMAND --help tells more; footing --version tells the version',
		'',
		'APP is a directory with a Dockerfile (default: this one) or a built image. IMAGE is a',
		'reference such as node:24-slim, or registry:…, docker:…, podman:…, docker-archive:FILE,',
		'oci-archive:FILE, oci-layout:DIR[:TAG], rootfs:DIR.',
		'',
		'exit codes: 0 yes · 1 no · 2 wrong command or configuration · 3 input not had · 70 our defect',
	].join('\n')}\n`;
}

export function commandHelp(command: Command): string {
	return `${[
		`usage: footing ${command.name} ${command.usage} [FLAG…]`,
		'',
		...flagLines(command.flags),
		...(Object.keys(command.flags).length === 0 ? [] : ['']),
		...flagLines(commonFlags),
		'',
		command.answers,
		'',
		...command.examples.map((example) => `  ${example}`),
	].join('\n')}\n`;
}

function flagLines(flags: Flags): readonly string[] {
	return Object.entries(flags).flatMap(([name, flag]) => {
		const head = `  ${flag.short === undefined ? '' : `-${flag.short}, `}--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`;
		return head.length > 28 ? [head, `${' '.repeat(30)}${flag.help}`] : [`${head.padEnd(30)}${flag.help}`];
	});
}
