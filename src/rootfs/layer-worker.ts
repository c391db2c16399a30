import { FootingError } from '../model/errors.ts';
import type { Disk } from '../model/host.ts';
import type { Interest } from '../model/rootfs.ts';
import { LayerCollector } from './layer-collector.ts';
import type { LayerRecords } from './layer-records.ts';
import { type LayerPromise, LayerScan } from './scan-layer.ts';
import { fileChunks, scanChunks } from './scan-source.ts';

/** To the worker. Chunks of a streamed layer follow its `open`, each answered by `ready`. */
export type WorkerRequest =
	| {
			readonly type: 'file';
			readonly path: string;
			readonly offset: number;
			readonly length: number;
			readonly promise: LayerPromise;
			readonly interest: Interest;
	  }
	| { readonly type: 'open'; readonly promise: LayerPromise; readonly interest: Interest }
	| { readonly type: 'chunk'; readonly bytes: Uint8Array }
	| { readonly type: 'end' };

export type WorkerAnswer =
	| { readonly type: 'ready' }
	| { readonly type: 'records'; readonly records: LayerRecords }
	| { readonly type: 'failed'; readonly code: string; readonly message: string; readonly hint: string };

/** What the worker thread calls with each request; it answers each with one message. */
export function serve(disk: Disk): (request: unknown) => Promise<WorkerAnswer> {
	let open: { readonly scan: LayerScan; readonly collector: LayerCollector } | undefined;
	const handle = async (request: WorkerRequest): Promise<WorkerAnswer> => {
		if (request.type === 'file') {
			const collector = new LayerCollector(request.interest);
			await scanChunks(fileChunks(disk, request.path, request.offset, request.length), request.promise, collector);
			return { type: 'records', records: collector.records() };
		}
		if (request.type === 'open') {
			const collector = new LayerCollector(request.interest);
			open = { scan: new LayerScan(request.promise, collector), collector };
			return { type: 'ready' };
		}
		if (open === undefined) throw new FootingError('internal', 'internal error: a chunk without its layer');
		if (request.type === 'chunk') {
			await open.scan.write(request.bytes);
			return { type: 'ready' };
		}
		await open.scan.end();
		open.scan.close();
		return { type: 'records', records: open.collector.records() };
	};
	return async (request) => {
		try {
			return await handle(request as WorkerRequest);
		} catch (error) {
			open?.scan.close();
			open = undefined;
			if (error instanceof FootingError) return { type: 'failed', code: error.code, message: error.message, hint: error.hint };
			return { type: 'failed', code: 'internal', message: `internal error: ${String(error)}`, hint: '' };
		}
	};
}
