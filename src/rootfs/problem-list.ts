import type { Problem } from '../model/problem.ts';

const most = 1000;

/** Problems in the order of finding. Thousands of them say no more than the first ones and the number of the rest. */
export class ProblemList {
	readonly #listed: Problem[] = [];
	#more = 0;

	/** @returns whether it is listed */
	add(problem: Problem): boolean {
		if (this.#listed.length >= most) {
			this.#more += 1;
			return false;
		}
		this.#listed.push(problem);
		return true;
	}

	all(): readonly Problem[] {
		if (this.#more === 0) return this.#listed;
		return [...this.#listed, { code: 'more-problems', where: '/', message: `${this.#more} more problems, which are not listed` }];
	}
}
