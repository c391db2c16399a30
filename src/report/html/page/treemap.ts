/** A part of the picture; its area is its share of the whole. */
export interface Tile<T> {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly of: T;
}

/**
 * Squarified treemap (Bruls, Huizing, van Wijk 2000): rows are filled along the shorter side for as long as that makes the
 * tiles more like squares. `values` are largest first; what is not above 0 has no tile.
 */
export function squarify<T>(
	values: readonly { readonly value: number; readonly of: T }[],
	width: number,
	height: number,
): readonly Tile<T>[] {
	const rest = values.filter(({ value }) => value > 0);
	const total = rest.reduce((sum, { value }) => sum + value, 0);
	const tiles: Tile<T>[] = [];
	const scale = (width * height) / total;
	let [x, y, w, h] = [0, 0, width, height];
	for (let at = 0; at < rest.length; ) {
		const side = Math.min(w, h);
		const count = rowLength(rest, at, side, scale);
		const row = rest.slice(at, at + count);
		const area = row.reduce((sum, { value }) => sum + value, 0) * scale;
		const depth = side === 0 ? 0 : area / side;
		let along = 0;
		for (const { value, of } of row) {
			const length = depth === 0 ? 0 : (value * scale) / depth;
			tiles.push(w >= h ? { x, y: y + along, width: depth, height: length, of } : { x: x + along, y, width: length, height: depth, of });
			along += length;
		}
		if (w >= h) [x, w] = [x + depth, Math.max(0, w - depth)];
		else [y, h] = [y + depth, Math.max(0, h - depth)];
		at += count;
	}
	return tiles;
}

/** How many values from `at` on make the row whose worst tile is most like a square. */
export function rowLength(values: readonly { readonly value: number }[], at: number, side: number, scale: number): number {
	const largest = (values[at]?.value ?? 0) * scale;
	let sum = 0;
	let best = Number.POSITIVE_INFINITY;
	for (let i = at; i < values.length; i += 1) {
		const area = (values[i]?.value ?? 0) * scale;
		sum += area;
		const worst = Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * area));
		if (worst > best) return i - at;
		best = worst;
	}
	return values.length - at;
}
