import { FootingError } from '../../model/errors.ts';
import type { HttpResponse } from '../../model/host.ts';
import { NetworkError } from '../../model/network-error.ts';
import { quote } from '../../model/quote.ts';
import { tryEach } from './fall-back.ts';
import { backOff, maxTries, pause } from './retry.ts';
import type { Session } from './session.ts';

/** What is read: a digest, its promised size in bytes, and a name for messages: `the image configuration`, `layer sha256:…`. */
export interface Blob {
	readonly digest: string;
	readonly size: number;
	readonly name: string;
}

/** A reading that got this much further counts as the first one again, so that a long layer survives many cuts. */
const enough = 1024 * 1024;

/** How far a blob has been read; kept over all requests for it, from whatever server. */
interface Progress {
	offset: number;
	/** A strong validator of what was read (RFC 9110, 13.1.5). */
	etag?: string;
}

/**
 * The bytes of a blob as the server sends them, not copied and not verified, at most as many as promised. When the
 * connection breaks or stalls it is resumed where it broke; when a server gives up, the next one goes on.
 * @throws FootingError `blob-missing`, `size-mismatch`, `network`, `unauthorized`
 */
export async function* readBlob(sessions: readonly Session[], blob: Blob): AsyncGenerator<Uint8Array> {
	const progress: Progress = { offset: 0 };
	yield* tryEach(sessions, (session) => readFrom(session, blob, progress));
}

async function* readFrom(session: Session, blob: Blob, progress: Progress): AsyncGenerator<Uint8Array> {
	const { host, signal } = session.asking;
	delete progress.etag;
	for (let failures = 0; ; ) {
		const start = progress.offset;
		try {
			return yield* readRest(session, blob, progress);
		} catch (error) {
			if (!(error instanceof NetworkError && error.transient)) throw error;
			// all bytes are here; whether they are the right ones the digest says
			if (progress.offset === blob.size) return;
			failures = progress.offset - start >= enough ? 1 : failures + 1;
			if (failures >= maxTries) throw broken(session, blob, progress, error);
			await pause(host, signal, backOff(failures));
		}
	}
}

function broken(session: Session, blob: Blob, progress: Progress, cause: NetworkError): FootingError {
	const where = `cannot read ${blob.name} from ${session.endpoint.origin.host}`;
	return new FootingError('network', `${where}: ${cause.why}, after ${progress.offset} of ${blob.size} bytes`, { cause });
}

/** One answer, from where the last one broke. */
async function* readRest(session: Session, blob: Blob, progress: Progress): AsyncGenerator<Uint8Array> {
	const response = await request(session, blob, progress);
	const place = session.endpoint.origin.host;
	let passed = await startOf(response, blob, progress, place);
	const etag = response.headers.get('etag');
	if (etag !== undefined && /^"[\x21-\x7e]*"$/.test(etag)) progress.etag = etag;
	for await (const chunk of response.body) {
		const again = Math.min(chunk.length, progress.offset - passed);
		passed += chunk.length;
		if (passed > blob.size) throw wrongSize(blob, place, 'it sends more');
		if (again === chunk.length) continue;
		progress.offset = passed;
		yield again === 0 ? chunk : chunk.subarray(again);
	}
	if (progress.offset === blob.size) return;
	// a body without a length or chunks ends with its connection, whole or not
	const whole = response.headers.has('content-length') || response.headers.has('transfer-encoding');
	if (whole && response.status === 200) throw wrongSize(blob, place, `it sends ${passed}`);
	throw new NetworkError(`read ${blob.name} from ${place}`, 'the answer ended too early', {
		transient: true,
	});
}

function request(session: Session, blob: Blob, progress: Progress): Promise<HttpResponse> {
	const { offset, etag } = progress;
	const range = offset === 0 ? {} : { range: `bytes=${offset}-`, ...(etag === undefined ? {} : { 'if-range': etag }) };
	return session.get(
		{ path: `blobs/${blob.digest}`, accept: '*/*', headers: range, doing: `read ${blob.name}`, missing: 'blob-missing' },
		async (answer) => answer.response,
	);
}

/** The offset at which this answer begins: 0 when the server does not know ranges or has another version. */
async function startOf(response: HttpResponse, blob: Blob, progress: Progress, place: string): Promise<number> {
	const failure = contradiction(response, blob, progress, place);
	if (failure === undefined) return response.status === 206 ? progress.offset : 0;
	await response.cancel();
	throw failure;
}

function contradiction(response: HttpResponse, blob: Blob, progress: Progress, place: string): FootingError | undefined {
	const { status, headers } = response;
	if (status === 416) return wrongSize(blob, place, `it has no byte ${progress.offset}`);
	const length = headers.get('content-length');
	if (status !== 206)
		return length === undefined || length === String(blob.size) ? undefined : wrongSize(blob, place, `it has ${quote(length, 20)}`);
	const range = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(headers.get('content-range') ?? '');
	if (range === null || Number(range[1]) !== progress.offset || Number(range[2]) >= blob.size)
		return new FootingError('network', `cannot read ${blob.name} from ${place}: it answers with another range than was asked for`);
	return range[3] === '*' || Number(range[3]) === blob.size ? undefined : wrongSize(blob, place, `it has ${range[3]}`);
}

function wrongSize(blob: Blob, place: string, found: string): FootingError {
	return new FootingError('size-mismatch', `cannot read ${blob.name} from ${place}: ${found}, where ${blob.size} bytes are promised`);
}
