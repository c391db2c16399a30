import { quote } from '../model/quote.ts';

export interface Progress {
	show(line: string): void;
	clear(): void;
}

/** One line that is written over; only where there is a terminal. */
export function progressLine(stream: NodeJS.WriteStream): Progress | undefined {
	if (stream.isTTY !== true) return undefined;
	let shown = false;
	return {
		show(line) {
			stream.write(`\r\u001b[2K${quote(line, Math.max(20, (stream.columns ?? 80) - 1))}`);
			shown = true;
		},
		clear() {
			if (shown) stream.write('\r\u001b[2K');
			shown = false;
		},
	};
}
