import type { Accounts, GroupEntry, PasswdEntry } from '../../formats/accounts.ts';
import { parseShell } from '../../formats/shell/parse.ts';
import { commandsIn, literalOf } from '../../formats/shell/syntax.ts';
import type { LaunchPlan } from '../../model/need.ts';

/** A number that stands for one that the system chooses when the image is built. */
const chosenLater = 2_000_000_000;

/** Options of useradd, adduser, groupadd and addgroup (shadow, Debian and BusyBox) with a value. */
const withValue =
	/^(-[a-zA-Z]*[bcdefgGkKpsuUh]|--(uid|gid|home|home-dir|shell|comment|gecos|groups|group|ingroup|base-dir|skel|password|expiredate|inactive|key|root|firstuid|lastuid))$/;

/** Users and groups that RUN instructions of the final stage make, on top of those of the base; numbers are known when given. */
export function withMadeUsers(base: Accounts, runs: LaunchPlan['runs']): Accounts {
	const users: PasswdEntry[] = [...base.users];
	const groups: GroupEntry[] = [...base.groups];
	for (const words of runs.flatMap(({ value }) => userCommands(value.text))) {
		const [command = '', ...rest] = words;
		if (/^(groupadd|addgroup)$/.test(command)) addGroup(groups, rest, command);
		else addUser(users, groups, rest, command);
	}
	return { users, groups };
}

function userCommands(text: string): readonly (readonly string[])[] {
	try {
		return [...commandsIn(parseShell(text))].flatMap(({ words }) => {
			const known = words.map(literalOf);
			const name = known[0]?.slice(known[0].lastIndexOf('/') + 1) ?? '';
			return /^(useradd|adduser|groupadd|addgroup)$/.test(name) && !known.includes(undefined)
				? [[name, ...(known.slice(1) as readonly string[])]]
				: [];
		});
	} catch {
		return [];
	}
}

interface Options {
	readonly values: ReadonlyMap<string, string>;
	readonly operands: readonly string[];
	readonly flags: ReadonlySet<string>;
}

function readOptions(words: readonly string[], command: string): Options {
	const values = new Map<string, string>();
	const flags = new Set<string>();
	const operands: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i] as string;
		if (!word.startsWith('-')) operands.push(word);
		else if (word.includes('=')) values.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
		else if (withValue.test(word) && !isFlag(word, command)) values.set(word.startsWith('--') ? word : `-${word.at(-1)}`, words[++i] ?? '');
		else flags.add(word);
	}
	return { values, operands, flags };
}

/** The same letter is a flag elsewhere: -U of useradd, -D of adduser, --group of Debian's adduser. */
function isFlag(word: string, command: string): boolean {
	return (/^-[a-zA-Z]*U$/.test(word) && command === 'useradd') || (word === '--group' && command !== 'useradd');
}

function addGroup(groups: GroupEntry[], words: readonly string[], command: string): void {
	const { values, operands } = readOptions(words, command);
	const name = operands[command === 'addgroup' && operands.length === 2 ? 1 : 0];
	if (name === undefined || groups.some((group) => group.name === name)) return;
	groups.push({ name, gid: numberOf(values.get('-g') ?? values.get('--gid')) ?? chosenLater + groups.length, members: [] });
}

function addUser(users: PasswdEntry[], groups: GroupEntry[], words: readonly string[], command: string): void {
	const { values, operands, flags } = readOptions(words, command);
	const name = command === 'useradd' ? operands.at(-1) : operands[0];
	// `adduser USER GROUP` makes nobody
	if (name === undefined || (command === 'adduser' && operands.length > 1) || users.some((user) => user.name === name)) return;
	const uid = numberOf(values.get('-u') ?? values.get('--uid')) ?? chosenLater + users.length;
	const given =
		command === 'useradd'
			? (values.get('-g') ?? values.get('--gid'))
			: (values.get('-G') ?? values.get('--ingroup') ?? values.get('--gid'));
	const gid = numberOf(given) ?? groups.find((group) => group.name === given)?.gid ?? uid;
	if (given === undefined && !groups.some((group) => group.name === name)) groups.push({ name, gid, members: [] });
	const own =
		values.get('-d') ?? values.get('--home') ?? values.get('--home-dir') ?? (command === 'adduser' ? values.get('-h') : undefined);
	const home = own ?? (flags.has('--no-create-home') && command === 'adduser' ? '/nonexistent' : `/home/${name}`);
	users.push({ name, uid, gid, home });
}

const numberOf = (text: string | undefined): number | undefined =>
	text !== undefined && /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : undefined;
