/** A small application that prints `hello` and ends with 0 where it runs. */
export interface Recipe {
	readonly name: string;
	/** What follows `FROM`. */
	readonly dockerfile: string;
	/** Texts by path; `Dockerfile` is made. */
	readonly files: Readonly<Record<string, string>>;
	/** Run by bash beside the files: compilers and installers of the machine. */
	readonly make?: string;
}
