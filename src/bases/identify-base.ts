import type { Evidence } from '../model/evidence.ts';
import { canonicalReference } from './image-name.ts';

/** An image whose base is asked for. */
export interface BuiltImage {
	/** `sha256:…` of each uncompressed layer, lowest first; undefined where the source does not say. */
	readonly diffIds: readonly (string | undefined)[];
	readonly annotations: ReadonlyMap<string, string>;
	readonly labels: ReadonlyMap<string, string>;
}

/** A base that is known with its layers. */
export interface KnownBase {
	readonly reference: string;
	readonly digest?: string;
	/** Complete and lowest first. */
	readonly diffIds: readonly string[];
}

interface IdentifiedBase {
	readonly reference: string;
	readonly digest?: string;
	/** How many of the image's layers are the base's; absent when only the image itself says so. */
	readonly layers?: number;
	/** `layers`: its layers are the lowest of the image. `says`: an annotation or label of the image names it. */
	readonly by: 'layers' | 'says';
	readonly because: Evidence;
}

/**
 * What an image stands on. `one`: its layers prove it. `claimed`: only the image itself says so. `ambiguous`: several known
 * names have exactly these layers, or layers and claim differ; all are listed and none is preferred.
 */
export interface BaseIdentity {
	readonly answer: 'one' | 'claimed' | 'ambiguous' | 'unknown';
	readonly bases: readonly IdentifiedBase[];
	readonly because: string;
}

/** OCI image specification, annotations: the base an image was built on. */
const baseName = 'org.opencontainers.image.base.name';
const baseDigest = 'org.opencontainers.image.base.digest';

/**
 * Tells the base by layers: a known base whose complete list of diffIDs is the beginning of the image's. The longest such
 * list wins, for it holds the shorter ones. Without one, what the image says of itself in annotations or labels, as a claim.
 */
export function identifyBase(image: BuiltImage, known: readonly KnownBase[]): BaseIdentity {
	const byLayers = longest(known.filter((base) => isBeginning(base.diffIds, image.diffIds)));
	const claim = claimed(image);
	if (byLayers.length === 0)
		return claim === undefined ? unknown(known) : { answer: 'claimed', bases: [claim], because: claim.because.shows };
	const bases = byLayers.map((base) => identified(base, image.diffIds.length));
	if (bases.length === 1) return agreeing(bases[0] as IdentifiedBase, claim, known);
	const named = claim === undefined ? undefined : bases.find((base) => isSame(base, claim));
	if (named !== undefined)
		return {
			answer: 'one',
			bases: [named],
			because: `${named.because.shows}; of ${bases.length} names for these layers the image says this one`,
		};
	return {
		answer: 'ambiguous',
		bases,
		because: `${bases.length} known bases have exactly the lowest ${bases[0]?.layers} layers of the image`,
	};
}

function isBeginning(part: readonly string[], whole: readonly (string | undefined)[]): boolean {
	return part.length > 0 && part.length <= whole.length && part.every((diffId, index) => diffId === whole[index]);
}

/** Each image once under each of its names. */
function longest(bases: readonly KnownBase[]): readonly KnownBase[] {
	const length = Math.max(0, ...bases.map(({ diffIds }) => diffIds.length));
	const all = bases.filter(({ diffIds }) => diffIds.length === length);
	const byName = new Map(all.map((base) => [base.reference, base]));
	return [...byName.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1));
}

function identified({ reference, digest, diffIds }: KnownBase, total: number): IdentifiedBase {
	const shows = `the lowest ${diffIds.length} of ${total} layers are those of ${reference}`;
	return {
		reference,
		...(digest === undefined ? {} : { digest }),
		layers: diffIds.length,
		by: 'layers',
		because: { path: 'image config', layer: diffIds.length - 1, shows },
	};
}

/** Annotations of the manifest before labels of the configuration. */
function claimed({ annotations, labels }: BuiltImage): IdentifiedBase | undefined {
	const places = [
		['image manifest', annotations],
		['image config', labels],
	] as const;
	const found = places.find(([, names]) => (names.get(baseName) ?? '') !== '');
	if (found === undefined) return undefined;
	const [path, names] = found;
	const reference = names.get(baseName) as string;
	const digest = names.get(baseDigest);
	return {
		reference,
		...(digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest) ? {} : { digest }),
		by: 'says',
		because: { path, shows: `${baseName} says ${reference}` },
	};
}

/** The layers prove it. A claim to the contrary is listed beside: it is wrong, or a base that is not known lies between. */
function agreeing(base: IdentifiedBase, claim: IdentifiedBase | undefined, known: readonly KnownBase[]): BaseIdentity {
	if (claim === undefined || isSame(base, claim)) return { answer: 'one', bases: [base], because: base.because.shows };
	const contradicted = known.some((other) => isSame(other, claim));
	const why = contradicted ? 'whose layers are others' : 'whose layers are not known: it may stand between';
	return { answer: 'ambiguous', bases: [base, claim], because: `${base.because.shows}; ${claim.because.shows}, ${why}` };
}

function isSame(a: Pick<IdentifiedBase, 'reference' | 'digest'>, b: Pick<IdentifiedBase, 'reference' | 'digest'>): boolean {
	if (a.digest !== undefined && b.digest !== undefined) return a.digest === b.digest;
	return canonicalReference(a.reference) === canonicalReference(b.reference);
}

function unknown(known: readonly KnownBase[]): BaseIdentity {
	return {
		answer: 'unknown',
		bases: [],
		because: `no annotation names a base and none of the ${known.length} known bases has the lowest layers`,
	};
}
