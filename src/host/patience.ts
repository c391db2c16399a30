/** How long to wait for the next byte, and a signal that ends the request when that was too long or the caller gave up. */
export interface Patience {
	readonly ms: number;
	/** Aborts when the time is up or when `given` does. */
	readonly signal: AbortSignal;
	readonly given: AbortSignal | undefined;
	/** Whether the time was up. */
	lost(): boolean;
	/** The clock runs while this is pending. */
	during<T>(pending: Promise<T>): Promise<T>;
	/** Stops listening. */
	end(): void;
}

export function patience(ms: number, given: AbortSignal | undefined): Patience {
	const controller = new AbortController();
	let lost = false;
	let waiting = false;
	// one timer per request, set again for each wait: cheaper than a new one per chunk; the socket holds the process, not the timer
	const timer = setTimeout(() => {
		if (!waiting) return;
		lost = true;
		controller.abort(new Error('the time is up'));
	}, ms).unref();
	const giveUp = (): void => controller.abort(given?.reason);
	if (given?.aborted === true) giveUp();
	given?.addEventListener('abort', giveUp, { once: true });
	return {
		ms,
		signal: controller.signal,
		given,
		lost: () => lost,
		async during(pending) {
			waiting = true;
			timer.refresh();
			try {
				return await pending;
			} finally {
				waiting = false;
			}
		},
		end() {
			clearTimeout(timer);
			given?.removeEventListener('abort', giveUp);
		},
	};
}
