import { baseName } from '../../application/stage-tree.ts';
import { elsewhere, listed } from '../elsewhere.ts';
import { type Cause, holds, type MessageKind, open, type Scene } from '../message-kind.ts';

const forms: readonly RegExp[] = [/Cannot find (?:module|package) ['"]([^'"]{1,500})['"]/];
const variant = /[-/](?:linux|linuxmusl)(?:-\w{1,10}){0,3}(?:-(?:gnu|musl|glibc))?$|\.node$/;

/** Node.js and Bun find no file for a name. */
export const nodeModule: MessageKind = {
	kind: 'node-module',
	seen: '`Cannot find module`, `ERR_MODULE_NOT_FOUND`',
	looks: 'ENTRYPOINT, the file, the package and its variants',
	read(line) {
		const name = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (name === undefined) return undefined;
		const absolute = name.startsWith('/');
		return {
			what: absolute
				? `Node.js is told to run or load ${name}, and there is no such file`
				: `no node_modules directory on the way has ${name}`,
			possible: [
				...(absolute
					? [
							{
								what: `the base's ENTRYPOINT is node already, and CMD names "${baseName(name)}" as if it were a program`,
								hint: 'let CMD name the script alone, or set ENTRYPOINT',
							},
						]
					: []),
				...(variant.test(name)
					? [
							{
								what: 'the packages were installed on another libc or processor, and the variant for this one is not there',
								hint: 'run npm ci on the base that it runs on, or with --libc and --cpu',
							},
						]
					: []),
				{
					what: `${name} was not copied or not installed (a devDependency, for instance)`,
					hint: 'install it in the build, and copy node_modules',
				},
			],
			look: async (scene) => (absolute ? lookForFile(scene, name) : lookForPackage(scene, name)),
		};
	},
};

/** Distroless and the like: ENTRYPOINT is the runtime, so the first word of CMD becomes a script. */
function lookForFile({ standing: { combined, config } }: Scene, name: string): readonly Cause[] {
	const word = baseName(name);
	const commands = [...config.command, ...config.entrypoint.slice(1)];
	const because = [
		{ path: 'image config', shows: `ENTRYPOINT ${JSON.stringify(config.entrypoint)}, CMD ${JSON.stringify(config.command)}` },
	];
	const program = /^(node|nodejs|npm|npx|yarn|pnpm|sh|bash|dash|bun|tini|dumb-init|docker-entrypoint\.sh)$/.test(word);
	if (program && (config.entrypoint[0]?.match(/(^|\/)(node|bun)$/) || commands.length === 0))
		return [
			holds(
				`the ENTRYPOINT is the runtime already, so it takes "${word}" for a script in ${name.slice(0, -word.length) || '/'}`,
				because,
				word === 'node' ? 'let CMD name the script alone' : `there is no ${word} here: let CMD name the script that it would start`,
			),
		];
	const others = elsewhere(combined, (file, { path }) => file === word && !path.includes('/node_modules/'));
	if (combined.resolve(name) !== undefined)
		return [open(`${name} is in the image: what is asked for is another file, or a volume hides it`, [{ path: name, shows: 'is there' }])];
	return [
		holds(
			`${name} is not in the image`,
			[...because, ...listed(others, 'has that name')],
			others[0] === undefined ? 'copy it, or mend the path in CMD' : `name ${others[0].path}, or mend WORKDIR`,
		),
	];
}

function lookForPackage({ standing: { combined } }: Scene, name: string): readonly Cause[] {
	const top = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? name);
	if (name.startsWith('.')) return [open(`which file asks for ${name} is in the lines below the message`)];
	const found: string[] = [];
	const siblings = new Set<string>();
	const family = variant.test(top) ? top.replace(/-(?:linux|linuxmusl)\b.*$/, '') : undefined;
	for (const { path, type } of combined.entries()) {
		const at = type === 'file' ? -1 : path.lastIndexOf('/node_modules/');
		const own = at < 0 ? '' : path.slice(at + '/node_modules/'.length);
		if (own === top && found.length < 5) found.push(path);
		if (family !== undefined && own.startsWith(`${family}-`) && siblings.size < 5) siblings.add(path);
	}
	if (siblings.size > 0 && found.length === 0)
		return [
			holds(
				`${top} is not in the image; other variants of it are: it was installed for another libc or processor`,
				[...siblings].map((path) => ({ path, shows: 'is there instead' })),
				'run npm ci on the base that it runs on, or install the variant with --libc and --cpu',
			),
		];
	if (found.length === 0)
		return [
			holds(
				`${top} is not in the image`,
				[{ path: '/', shows: `no node_modules directory has ${top}` }],
				'install it in the build (npm ci), and copy node_modules to where the program looks',
			),
		];
	return [
		holds(
			`${top} is in the image, but ${name === top ? 'the program does not look there, or its own files are not whole' : 'not this part of it'}`,
			found.map((path) => ({ path, shows: 'is there' })),
			'modules are looked for in node_modules beside the file that asks and in every directory above it',
		),
	];
}
