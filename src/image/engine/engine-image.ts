import { FootingError } from '../../model/errors.ts';
import type { Host, HttpResponse } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import { openArchive } from '../bundle/archive.ts';
import { bundledImage } from '../bundle/open-bundle.ts';
import { noPlatform } from '../choose-manifest.ts';
import { asObject, type JsonObject, parseObject } from '../json-document.ts';
import { platformMatch } from '../platform.ts';
import type { Reference } from '../reference.ts';
import type { FoundImage, OpenOptions } from '../source.ts';
import type { Endpoint, Engine } from './engine.ts';
import { rememberedImage } from './remembered-image.ts';

const idleTimeout = 30_000;
/** Engines write the whole archive to their own disk before the first byte comes. */
const saveTimeout = 600_000;
/** From this version of the API on a platform can be asked for when an image is saved. */
const platformVersion = [1, 48] as const;

/**
 * An image of a local engine: looked up, saved over the API into a temporary file, and read from there.
 * @throws FootingError `engine-unavailable`, `image-not-found`, `no-platform`
 */
export async function engineImage(engine: Engine, host: Host, reference: Reference, options: OpenOptions): Promise<FoundImage> {
	const refused: FootingError[] = [];
	for (const endpoint of await engine.endpoints(host)) {
		try {
			return await imageAt({ engine, endpoint, host, reference, options });
		} catch (error) {
			if (!(error instanceof FootingError) || (error.code !== 'engine-unavailable' && error.code !== 'image-not-found')) throw error;
			refused.push(error);
		}
	}
	const missing = refused.find((error) => error.code === 'image-not-found') ?? refused[0];
	if (missing !== undefined) throw missing;
	throw new FootingError('engine-unavailable', `cannot reach ${engine.name}: there is no socket of it`);
}

/** One question to one engine. */
interface Dialogue {
	readonly engine: Engine;
	readonly endpoint: Endpoint;
	readonly host: Host;
	readonly reference: Reference;
	readonly options: OpenOptions;
}

async function imageAt(dialogue: Dialogue): Promise<FoundImage> {
	const { query, key } = await lookUp(dialogue);
	return rememberedImage(dialogue.host, key, () => saveImage(dialogue, query));
}

async function saveImage(dialogue: Dialogue, query: string): Promise<FoundImage> {
	const { engine, host, reference, options } = dialogue;
	const temporary = await host.disk.temporaryFile();
	try {
		await save(dialogue, query, (chunk) => temporary.append(chunk));
		const opened = await openArchive(host, temporary.path, `${engine.name} image ${quote(reference.target)}`);
		const close = async (): Promise<void> => {
			await opened.close();
			await temporary.close();
		};
		return await bundledImage(host, { ...opened, close }, undefined, options, 'saved');
	} catch (error) {
		await temporary.close();
		throw error;
	}
}

interface LookedUp {
	/** With which it is saved. */
	readonly query: string;
	/** What its documents follow from: what the engine is and what it calls the image, which is a digest. */
	readonly key: string | undefined;
}

/** Whether it is there, for the platform wanted. */
async function lookUp(dialogue: Dialogue): Promise<LookedUp> {
	const { engine, reference, options } = dialogue;
	const response = await get(dialogue, 'json', '', options.timeoutMs ?? idleTimeout);
	const bytes = await bodyOf(dialogue, response, limits.document);
	const wish = options.platform;
	const facts = parseObject(bytes, { what: `what ${engine.name} says of the image`, code: 'engine-unavailable' });
	const version = response.headers.get('api-version') ?? '';
	const newer = wish !== undefined && atLeast(version, platformVersion);
	const query = newer ? `?platform=${encodeURIComponent(JSON.stringify(wish))}` : '';
	const found = { query, key: keyOf(facts, [engine.name, reference.target, version, response.headers.get('server') ?? '', query]) };
	if (wish === undefined || newer) return found;
	const text = (name: string): string => String(facts.get(name) ?? '');
	const variant = text('Variant');
	const platform = { os: text('Os'), architecture: text('Architecture'), ...(variant === '' ? {} : { variant }) };
	if (platformMatch(platform, wish) === undefined) throw noPlatform(reference.text, wish, [platform]);
	return found;
}

/** The id is the digest of the configuration, or of the manifest or index where engines keep those. */
function keyOf(facts: JsonObject, engine: readonly string[]): string | undefined {
	const id = String(facts.get('Id') ?? '');
	const layers = asObject(facts.get('RootFS'))?.get('Layers');
	if (!/^(?:sha256:)?[0-9a-f]{64}$/.test(id) || !Array.isArray(layers) || !layers.every((layer) => typeof layer === 'string'))
		return undefined;
	return JSON.stringify([...engine, id, facts.get('Os'), facts.get('Architecture'), facts.get('Variant'), layers]);
}

async function save(dialogue: Dialogue, query: string, append: (chunk: Uint8Array) => void): Promise<void> {
	const { engine, host, reference, options } = dialogue;
	host.progress?.(`saving ${quote(reference.target)} from ${engine.name}`);
	const response = await get(dialogue, 'get', query, Math.max(saveTimeout, options.timeoutMs ?? 0));
	let written = 0;
	for await (const chunk of response.body) {
		written += chunk.length;
		if (written > limits.temporaryFile) {
			await response.cancel();
			throw new FootingError('limit', `cannot save the image from ${engine.name}: it is larger than ${limits.temporaryFile} bytes`);
		}
		append(chunk);
	}
}

async function get(dialogue: Dialogue, what: string, query: string, idleTimeoutMs: number): Promise<HttpResponse> {
	const { engine, endpoint, host, reference } = dialogue;
	const { baseUrl, socketPath, place } = endpoint;
	const url = `${baseUrl}/images/${encodeURI(reference.target)}/${what}${query}`;
	let response: HttpResponse;
	try {
		response = await host.network.request({
			method: 'GET',
			url,
			idleTimeoutMs,
			...(socketPath === undefined ? {} : { socketPath }),
		});
	} catch (error) {
		if (!(error instanceof FootingError)) throw error;
		throw new FootingError('engine-unavailable', `cannot reach ${engine.name} at ${quote(place)}: ${reason(error)}`, {
			cause: error,
		});
	}
	if (response.status === 200) return response;
	const said = Buffer.from(await bodyOf(dialogue, response, limits.errorBody)).toString('utf8');
	const missing = response.status === 404;
	const wrongPlatform = missing && query !== '';
	const code = wrongPlatform ? 'no-platform' : missing ? 'image-not-found' : 'engine-unavailable';
	const why = missing && !wrongPlatform ? 'there is no such image in it' : `it answers ${response.status}: ${quote(messageOf(said))}`;
	throw new FootingError(code, `cannot open ${quote(reference.target)} from ${engine.name}: ${why}`);
}

async function bodyOf({ engine }: Dialogue, response: HttpResponse, limit: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body) {
		length += chunk.length;
		if (length > limit) {
			await response.cancel();
			throw new FootingError('limit', `cannot read the answer of ${engine.name}: it is longer than ${limit} bytes`);
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function reason(error: FootingError): string {
	return error.message.replace(/^cannot [^:]*: /, '');
}

/** Engines answer errors with `{"message": …}`. */
function messageOf(body: string): string {
	try {
		const message = (JSON.parse(body) as { readonly message?: unknown } | null)?.message;
		return typeof message === 'string' ? message : body;
	} catch {
		return body;
	}
}

function atLeast(version: string, wanted: readonly [number, number]): boolean {
	const parts = /^([0-9]{1,3})\.([0-9]{1,3})$/.exec(version);
	if (parts === null) return false;
	const [major, minor] = [Number(parts[1]), Number(parts[2])];
	return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}
