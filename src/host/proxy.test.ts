import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor } from './proxy.ts';

const proxy = 'http://proxy.test:3128';
const both = { HTTP_PROXY: 'http://plain.test:80', HTTPS_PROXY: proxy };

const cases: readonly [title: string, url: string, env: Record<string, string>, expected: string | undefined][] = [
	['no variable, no proxy', 'https://ghcr.io/', {}, undefined],
	['https takes https_proxy', 'https://ghcr.io/', both, proxy],
	['http takes http_proxy', 'http://mirror.test/', both, 'http://plain.test:80'],
	['https does not take http_proxy', 'https://ghcr.io/', { HTTP_PROXY: proxy }, undefined],
	['all_proxy stands in', 'https://ghcr.io/', { ALL_PROXY: proxy }, proxy],
	['the lower-case spelling wins', 'https://ghcr.io/', { https_proxy: proxy, HTTPS_PROXY: 'http://other.test' }, proxy],
	['an empty variable is unset', 'https://ghcr.io/', { https_proxy: '', HTTPS_PROXY: proxy }, proxy],
	['a proxy without a scheme is http', 'https://ghcr.io/', { HTTPS_PROXY: 'proxy.test:3128' }, proxy],
	['loopback is never proxied', 'http://127.0.0.1:5000/', both, undefined],
	['nor is localhost', 'http://localhost:5000/', both, undefined],
	['nor is ::1', 'http://[::1]:5000/', both, undefined],
	['a name that only begins like loopback is', 'http://127.0.0.1.evil.test/', both, 'http://plain.test:80'],
	['no_proxy names a host', 'https://ghcr.io/', { ...both, NO_PROXY: 'quay.io, ghcr.io' }, undefined],
	['no_proxy names a domain', 'https://pkg.ghcr.io/', { ...both, NO_PROXY: 'ghcr.io' }, undefined],
	['no_proxy with a dot in front', 'https://pkg.ghcr.io/', { ...both, NO_PROXY: '.ghcr.io' }, undefined],
	['no_proxy with a star', 'https://pkg.ghcr.io/', { ...both, NO_PROXY: '*.ghcr.io' }, undefined],
	['no_proxy is not fooled by an ending', 'https://notghcr.io/', { ...both, NO_PROXY: 'ghcr.io' }, proxy],
	['no_proxy with another port', 'https://ghcr.io/', { ...both, NO_PROXY: 'ghcr.io:8443' }, proxy],
	['no_proxy with the port', 'https://ghcr.io:8443/', { ...both, NO_PROXY: 'ghcr.io:8443' }, undefined],
	['no_proxy with the default port', 'https://ghcr.io/', { ...both, NO_PROXY: 'ghcr.io:443' }, undefined],
	['no_proxy names a network', 'https://10.1.2.3/', { ...both, NO_PROXY: '10.0.0.0/8' }, undefined],
	['an address outside of the network', 'https://11.1.2.3/', { ...both, NO_PROXY: '10.0.0.0/8' }, proxy],
	['an IPv6 network', 'https://[fd00::7]/', { ...both, NO_PROXY: 'fd00::/8' }, undefined],
	['a network that is none', 'https://10.1.2.3/', { ...both, NO_PROXY: '10.0.0.0/99' }, proxy],
	['no_proxy star alone', 'https://ghcr.io/', { ...both, NO_PROXY: '*' }, undefined],
];

for (const [title, url, env, expected] of cases)
	test(`proxy: ${title}`, () => {
		assert.equal(proxyFor(new URL(url), env), expected);
	});
