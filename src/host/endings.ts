const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Longer than this nobody waits for what has to be done before the end. */
const patience = 20_000;

const pending = new Set<() => void | Promise<void>>();
let listening = false;

/** Run before the process ends early (a signal, `--timeout`); the function returned takes it back. */
export function beforeEnd(run: () => void | Promise<void>): () => void {
	if (!listening) listen();
	pending.add(run);
	return () => {
		pending.delete(run);
	};
}

/** Does what has to be done before an early end; what fails or takes too long is left to the sweep of the next start. */
export async function runEndings(): Promise<void> {
	const all = [...pending];
	pending.clear();
	const done = Promise.allSettled(all.map(async (run) => run()));
	let timer: NodeJS.Timeout | undefined;
	await Promise.race([done, new Promise((resolve) => (timer = setTimeout(resolve, patience)))]);
	clearTimeout(timer);
}

/** The first signal ends us when all is done, a second one at once. */
function listen(): void {
	listening = true;
	for (const signal of signals) {
		process.once(signal, () => {
			void runEndings().finally(() => process.kill(process.pid, signal));
		});
	}
}
