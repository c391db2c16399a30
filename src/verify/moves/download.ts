import { predictStart, throughMeans } from '../attempts.ts';
import { type Attempt, lootPort, lootText, type Move, says, type Target } from '../move.ts';

const url = `http://127.0.0.1:${lootPort}/loot`;
const tools: readonly (readonly string[])[] = [
	['curl', '-s', url],
	['wget', '-q', '-O', '-', url],
];

/** Fetching a file over the network, from a server of ours on the loopback. */
export const download: Move = {
	name: 'download',
	capability: 'download',
	defence: 'a network policy that lets out only what the service needs',
	attempts: (target) => [...tools.map((argv) => withTool(target, argv)), ...throughMeans(target, ({ fetch }) => fetch, lootText, network)],
};

const network = { harmless: false, timeoutMs: 20_000 };

function withTool(target: Target, argv: readonly string[]): Attempt {
	const [name = ''] = argv;
	return { what: argv.join(' '), ...predictStart(target, name), argv, harmless: false, timeoutMs: 20_000, succeeded: says(lootText) };
}
