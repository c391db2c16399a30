/** A password or token: prints as `***` in text, JSON and inspection; `reveal` is the only way to its value. */
export class Secret {
	readonly #value: string;
	constructor(value: string) {
		this.#value = value;
	}
	reveal(): string {
		return this.#value;
	}
	toString(): string {
		return '***';
	}
	toJSON(): string {
		return '***';
	}
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '***';
	}
}
