import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type ListenOptions } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { loopbackCertificate, loopbackKey } from '../../test/support/loopback-certificate.ts';
import type { HttpResponse } from '../model/host.ts';
import { NetworkError } from '../model/network-error.ts';
import { Secret } from '../model/secret.ts';
import { createNetwork } from './network.ts';

const servers: Server[] = [];
const directory = mkdtempSync(join(tmpdir(), 'footing-network-'));
after(() => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
	rmSync(directory, { recursive: true });
});

async function listen(server: Server, where: ListenOptions = { port: 0, host: '127.0.0.1' }): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(where, resolve));
	const address = server.address() as AddressInfo | string;
	return typeof address === 'string' ? 0 : address.port;
}

const serve = (listener: RequestListener): Promise<number> => listen(createServer(listener));

async function text(response: HttpResponse): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of response.body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

const network = createNetwork({});

function failsWith(why: RegExp, transient: boolean): (error: unknown) => boolean {
	return (error) => {
		assert.ok(error instanceof NetworkError, String(error));
		assert.match(error.message, why);
		assert.equal(error.transient, transient);
		return true;
	};
}

test('a redirect is an answer like any other', async () => {
	const port = await serve((_request, response) => {
		response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('elsewhere');
	});
	const response = await network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
	assert.equal(response.status, 302);
	assert.equal(response.headers.get('location'), 'http://127.0.0.1:1/');
	assert.equal(await text(response), 'elsewhere');
});

test('a body is not decoded, and headers of one name are joined', async () => {
	const port = await serve((_request, response) => {
		response.writeHead(200, { 'content-encoding': 'gzip', 'WWW-Authenticate': ['Basic realm="a"', 'Bearer realm="b"'] }).end('not gzip');
	});
	const response = await network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
	assert.equal(response.headers.get('www-authenticate'), 'Basic realm="a", Bearer realm="b"');
	assert.equal(await text(response), 'not gzip');
});

test('a secret leaves its wrapping in the header, a body is posted', async () => {
	const port = await serve((request, response) => {
		request.on('data', (body) => response.end(`${request.method} ${request.headers.authorization} ${body}`));
	});
	const headers = { authorization: new Secret('Basic xyz') };
	const response = await network.request({ method: 'POST', url: `http://127.0.0.1:${port}/`, headers, body: 'a=b' });
	assert.equal(await text(response), 'POST Basic xyz a=b');
});

test('an answer that does not come is given up after the idle time', async () => {
	const port = await serve(() => {});
	const request = network.request({ method: 'GET', url: `http://127.0.0.1:${port}/`, idleTimeoutMs: 40 });
	await assert.rejects(request, failsWith(/^cannot reach 127\.0\.0\.1:\d+: nothing came for 0\.04 s$/, true));
});

test('a body that stalls is given up after the idle time, not while the reader is slow', async () => {
	const port = await serve((_request, response) => {
		response.writeHead(200, { 'content-length': 20 });
		response.write('0123456789');
	});
	const response = await network.request({ method: 'GET', url: `http://127.0.0.1:${port}/`, idleTimeoutMs: 300 });
	const iterator = response.body[Symbol.asyncIterator]();
	await new Promise((resolve) => setTimeout(resolve, 700));
	assert.equal(Buffer.from((await iterator.next()).value as Uint8Array).toString(), '0123456789');
	await assert.rejects(iterator.next(), failsWith(/nothing came for 0\.3 s/, true));
});

test('a body that is cut is an error worth another try', async () => {
	const port = await serve((request, response) => {
		response.writeHead(200, { 'content-length': 20 });
		response.write('0123', () => request.socket.destroy());
	});
	const response = await network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
	await assert.rejects(text(response), failsWith(/closed|reset|shorter/, true));
});

test('a chunked body that is cut is an error worth another try', async () => {
	const port = await serve((request, response) => {
		response.write('0123', () => request.socket.end());
	});
	const response = await network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
	await assert.rejects(text(response), failsWith(/closed before the answer was complete/, true));
});

test('a signal ends a request with its own reason', async () => {
	const port = await serve(() => {});
	const controller = new AbortController();
	setTimeout(() => controller.abort(new Error('the user gave up')), 20);
	await assert.rejects(network.request({ method: 'GET', url: `http://127.0.0.1:${port}/`, signal: controller.signal }), /the user gave up/);
});

test('a closed port is refused once and for all', async () => {
	const port = await serve(() => {});
	await new Promise((resolve) => servers.pop()?.close(resolve));
	await assert.rejects(
		network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }),
		failsWith(/^cannot reach 127\.0\.0\.1:\d+: the connection was refused$/, false),
	);
});

test('what does not speak HTTP is no answer', async () => {
	const server = createServer();
	server.on('connection', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
	const port = await listen(server);
	await assert.rejects(network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }), failsWith(/not HTTP/, false));
});

test('headers without an end are cut at 64 KiB', async () => {
	const server = createServer();
	server.on('connection', (socket) => {
		socket.on('error', () => {});
		socket.write('HTTP/1.1 200 OK\r\n');
		for (let i = 0; i < 3000; i++) socket.write(`x-${i}: ${'a'.repeat(40)}\r\n`);
	});
	const port = await listen(server);
	await assert.rejects(network.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }), failsWith(/64 KiB/, false));
});

test('an address with a password in it is not asked', async () => {
	await assert.rejects(network.request({ method: 'GET', url: 'http://user:secret@127.0.0.1:1/' }), (error: Error) => {
		assert.match(error.message, /without a password/);
		assert.doesNotMatch(error.message, /secret/);
		return true;
	});
});

test('a unix socket', async () => {
	const path = join(directory, 'engine.sock');
	await listen(
		createServer((request, response) => response.end(request.url)),
		{ path },
	);
	const response = await network.request({ method: 'GET', url: 'http://engine/v1.41/info', socketPath: path });
	assert.equal(await text(response), '/v1.41/info');
	const missing = network.request({ method: 'GET', url: 'http://engine/', socketPath: `${path}.none` });
	await assert.rejects(missing, failsWith(/there is no such socket/, false));
});

test('connections that are kept do not keep the process, nor does a body that was given up', async () => {
	const port = await serve((request, response) => {
		if (request.url === '/') response.end('short');
		else response.writeHead(200, { 'content-length': 1_000_000 }).write('a');
	});
	const script = `
		import { createNetwork } from ${JSON.stringify(new URL('./network.ts', import.meta.url).href)};
		const network = createNetwork({});
		for await (const _ of (await network.request({ method: 'GET', url: 'http://127.0.0.1:${port}/' })).body);
		await (await network.request({ method: 'GET', url: 'http://127.0.0.1:${port}/long' })).cancel();
		const end = performance.now();
		process.on('exit', () => console.log(performance.now() - end));`;
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
	assert.ok(Number(stdout) < 2000, `ended after ${stdout} ms`);
});

/** A proxy that writes down what it is asked and sends every tunnel to one port. */
async function startProxy(target: number, seen: string[]): Promise<number> {
	const proxy = createServer((request, response) => {
		seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
		response.end('from the proxy');
	});
	proxy.on('connect', (request, socket) => {
		seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
		const upstream = connect(target, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(socket).pipe(upstream);
		});
		upstream.on('error', () => socket.destroy());
		socket.on('error', () => upstream.destroy());
	});
	return listen(proxy);
}

test('plain http is asked of the proxy, with its password', async () => {
	const seen: string[] = [];
	const port = await startProxy(1, seen);
	const proxied = createNetwork({ http_proxy: `http://user:p%40ss@127.0.0.1:${port}` });
	const response = await proxied.request({ method: 'GET', url: 'http://mirror.test/v2/' });
	assert.equal(await text(response), 'from the proxy');
	assert.deepEqual(seen, [`GET http://mirror.test/v2/ Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
});

async function startTlsServer(): Promise<number> {
	const server = createTlsServer({ key: loopbackKey, cert: loopbackCertificate }, (_request, response) => response.end('over TLS'));
	return listen(server as unknown as Server);
}

test('https goes through a tunnel of the proxy, and the authority of SSL_CERT_FILE is trusted', async () => {
	const seen: string[] = [];
	const port = await startProxy(await startTlsServer(), seen);
	const file = join(directory, 'authority.pem');
	writeFileSync(file, loopbackCertificate);
	const proxied = createNetwork({ HTTPS_PROXY: `http://127.0.0.1:${port}`, SSL_CERT_FILE: file });
	const response = await proxied.request({ method: 'GET', url: 'https://registry.test/v2/' });
	assert.equal(await text(response), 'over TLS');
	assert.deepEqual(seen, ['CONNECT registry.test:443']);
});

test('an authority that nobody named is not trusted, whatever the retries', async () => {
	const port = await startTlsServer();
	const request = network.request({ method: 'GET', url: `https://localhost:${port}/` });
	await assert.rejects(request, (error) => {
		assert.match((error as NetworkError).hint, /NODE_EXTRA_CA_CERTS/);
		return failsWith(/signed by itself/, false)(error);
	});
});

test('NODE_EXTRA_CA_CERTS is honoured, and a file that is not there is named', async () => {
	const port = await startTlsServer();
	const file = join(directory, 'extra.pem');
	writeFileSync(file, loopbackCertificate);
	const trusting = createNetwork({ NODE_EXTRA_CA_CERTS: file });
	assert.equal(await text(await trusting.request({ method: 'GET', url: `https://localhost:${port}/` })), 'over TLS');
	const wrong = createNetwork({ SSL_CERT_FILE: join(directory, 'none.pem') });
	await assert.rejects(wrong.request({ method: 'GET', url: `https://localhost:${port}/` }), /SSL_CERT_FILE.*none\.pem.*no such file/);
});

test('a proxy that refuses the tunnel is said to', async () => {
	const proxy = createServer();
	proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
	const port = await listen(proxy);
	const proxied = createNetwork({ HTTPS_PROXY: `http://user:secret@127.0.0.1:${port}` });
	await assert.rejects(proxied.request({ method: 'GET', url: 'https://registry.test/' }), (error) => {
		assert.doesNotMatch(String(error), /secret/);
		return failsWith(/the proxy refuses the connection with status 407/, false)(error);
	});
});
