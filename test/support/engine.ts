import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of an engine's API that images are read over. */
export interface TestEngine {
	readonly socketPath: string;
	/** Paths with their queries, in order. */
	readonly asked: readonly string[];
	close(): Promise<void>;
}

export interface TestEngineOptions {
	/** Version of the API that it says it speaks. */
	readonly api?: string;
	/** Cuts an archive after so many bytes. */
	readonly cutAt?: number;
	/** What it says of every image beside its platform. */
	readonly facts?: Readonly<Record<string, unknown>>;
	/** Answers every request with this. */
	readonly failure?: { readonly status: number; readonly message: string };
}

/** An engine on a Unix socket that has some images, by name, each as the archive that saving it gives. */
export async function startEngine(
	socketPath: string,
	images: ReadonlyMap<string, Uint8Array>,
	options: TestEngineOptions = {},
): Promise<TestEngine> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const url = request.url ?? '';
		asked.push(url);
		response.setHeader('api-version', options.api ?? '1.43');
		const [, name, what] = /^\/images\/(.+)\/(json|get)(?:\?|$)/.exec(url) ?? [];
		const archive = images.get(decodeURIComponent(name ?? ''));
		const failure = options.failure ?? (archive === undefined ? { status: 404, message: `No such image: ${name}` } : undefined);
		if (failure !== undefined || archive === undefined) {
			response.writeHead(failure?.status ?? 404, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ message: failure?.message }));
			return;
		}
		if (what === 'json') response.end(JSON.stringify({ Id: 'sha256:0', Os: 'linux', Architecture: 'amd64', ...options.facts }));
		else response.end(options.cutAt === undefined ? archive : archive.subarray(0, options.cutAt));
	});
	await new Promise<void>((resolve) => server.listen(socketPath, resolve));
	const address: AddressInfo | string | null = server.address();
	return {
		socketPath: String(address),
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
