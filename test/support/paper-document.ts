import type { PageDocument, PageElement, PageWindow } from '../../src/report/html/page/dom.ts';

/** A document without a browser: enough of it for the page to be drawn, and for its text to be read. */
export class PaperElement implements PageElement {
	value = '';
	hidden = false;
	open = false;
	readonly clientWidth = 800;
	readonly #children: (PageElement | string)[] = [];
	readonly #listeners: { readonly type: string; readonly listener: (event: { readonly target: unknown }) => void }[] = [];
	readonly tag: string;

	constructor(tag: string) {
		this.tag = tag;
	}

	get textContent(): string {
		return this.#children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
	}
	set textContent(text: string | null) {
		this.replaceChildren(text ?? '');
	}
	append(...nodes: readonly (PageElement | string)[]): void {
		this.#children.push(...nodes);
		// a select has the value of its first option
		if (this.tag === 'select') this.value ||= this.all('option')[0]?.value ?? '';
	}
	replaceChildren(...nodes: readonly (PageElement | string)[]): void {
		this.#children.length = 0;
		this.append(...nodes);
	}
	setAttribute(name: string, value: string): void {
		if (name === 'value') this.value = value;
	}
	addEventListener(type: string, listener: (event: { readonly target: unknown }) => void): void {
		this.#listeners.push({ type, listener });
	}
	showModal(): void {
		this.open = true;
	}
	close(): void {
		this.open = false;
	}
	remove(): void {}

	/** Every element below with this tag. */
	all(tag: string): readonly PaperElement[] {
		return this.#children.flatMap((child) =>
			child instanceof PaperElement ? [...(child.tag === tag ? [child] : []), ...child.all(tag)] : [],
		);
	}
	happens(type: string): void {
		for (const one of this.#listeners) if (one.type === type) one.listener({ target: this });
	}
}

export interface Paper {
	readonly document: PageDocument;
	readonly window: PageWindow;
	readonly page: PaperElement;
}

/** With the report that lies in it as JSON. */
export function paper(report: string): Paper {
	const page = new PaperElement('main');
	const data = new PaperElement('script');
	data.textContent = report;
	const document: PageDocument = {
		body: new PaperElement('body'),
		createElement: (tag) => new PaperElement(tag),
		createElementNS: (_, tag) => new PaperElement(tag),
		getElementById: (id) => (id === 'page' ? page : id === 'report' ? data : null),
	};
	return { document, window: { addEventListener() {} }, page };
}
