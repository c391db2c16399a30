import { quote } from '../../../model/quote.ts';
import type { Attributes, Child, PageDocument, PageElement, PageWindow, Pen } from './dom.ts';

export function makePen(document: PageDocument, window: PageWindow): Pen {
	const drawings: (() => void)[] = [];
	window.addEventListener('resize', () => {
		for (const draw of drawings) draw();
	});
	return {
		el: (tag, attributes = {}, ...children) => furnish(document.createElement(tag), attributes, children),
		svg: (tag, attributes = {}, ...children) => furnish(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children),
		onResize(draw) {
			drawings.push(draw);
		},
	};
}

export function furnish(element: PageElement, attributes: Attributes, children: readonly Child[]): PageElement {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		if (mayRun(name, String(value))) throw new Error(`the page sets no ${name}`);
		element.setAttribute(name, value === true ? '' : quote(String(value), 4000));
	}
	addChildren(element, children);
	return element;
}

/** Attributes that could hold a script, a style or an address; of addresses only places on this page are set. */
export function mayRun(name: string, value: string): boolean {
	if (name === 'href') return !/^#[a-z-]+$/.test(value);
	return /^on|^style$|src|action|href/i.test(name);
}

export function addChildren(element: PageElement, children: readonly Child[]): void {
	for (const child of children) {
		if (child === undefined) continue;
		if (typeof child === 'string') element.append(quote(child, 4000));
		else if (isList(child)) addChildren(element, child);
		else element.append(child);
	}
}

export function isList(child: Child): child is readonly Child[] {
	return Array.isArray(child);
}
