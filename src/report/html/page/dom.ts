import type { Report } from '../../../model/report.ts';

/**
 * The part of the DOM that the page may use. What could make markup or script out of text (innerHTML, insertAdjacentHTML,
 * document.write) is left out on purpose: a page that wanted it would not compile.
 */
export interface PageElement {
	textContent: string | null;
	value: string;
	hidden: boolean;
	open: boolean;
	readonly clientWidth: number;
	append(...nodes: readonly (PageElement | string)[]): void;
	replaceChildren(...nodes: readonly (PageElement | string)[]): void;
	setAttribute(name: string, value: string): void;
	addEventListener(type: string, listener: (event: { readonly target: unknown }) => void): void;
	showModal(): void;
	close(): void;
	remove(): void;
}

export interface PageDocument {
	readonly body: PageElement;
	createElement(tag: string): PageElement;
	createElementNS(namespace: string, tag: string): PageElement;
	getElementById(id: string): PageElement | null;
}

export interface PageWindow {
	addEventListener(type: string, listener: () => void): void;
}

/** What every part of the page is drawn with. */
export interface Pen {
	/** An HTML element; every text is made safe to show and set as text. */
	el(tag: string, attributes?: Attributes, ...children: readonly Child[]): PageElement;
	/** An SVG element. */
	svg(tag: string, attributes?: Attributes, ...children: readonly Child[]): PageElement;
	/** Draws again when the width of the window has changed. */
	onResize(draw: () => void): void;
}

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = PageElement | string | undefined | readonly Child[];

/** A report that the page can show. */
export type Shown = Extract<Report, { readonly kind: 'inspect' | 'compare' | 'choose' }>;
