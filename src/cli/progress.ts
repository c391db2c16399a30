import { quote } from '../model/quote.ts';

export interface Progress {
	/** A line that stays is not written over by the next. */
	show(line: string, options?: { readonly stays?: boolean }): void;
	clear(): void;
}

/** One live line that is written over, below those that stay; only where there is a terminal. */
export function progressLine(stream: NodeJS.WriteStream): Progress | undefined {
	if (stream.isTTY !== true) return undefined;
	let shown = false;
	return {
		show(line, options = {}) {
			const end = options.stays === true ? '\n' : '';
			stream.write(`\r\u001b[2K${quote(line, Math.max(20, (stream.columns ?? 80) - 1))}${end}`);
			shown = options.stays !== true;
		},
		clear() {
			if (shown) stream.write('\r\u001b[2K');
			shown = false;
		},
	};
}
