import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseName } from '../reference.ts';
import { type Endpoint, endpointsFor } from './endpoint.ts';
import { belongsTo } from './realm.ts';

const cases: readonly [registry: string, realm: string, belongs: boolean][] = [
	['docker.io/library', 'https://auth.docker.io/token', true],
	['docker.io/library', 'https://auth.docker.io:8443/token', false],
	['docker.io/library', 'http://auth.docker.io/token', false],
	['docker.io/library', 'https://auth.docker.io.evil.test/token', false],
	['docker.io/library', 'https://auth-docker.io/token', false],
	['docker.io/library', 'https://gitlab.com/jwt/auth', false],
	['registry.gitlab.com', 'https://gitlab.com/jwt/auth', true],
	['registry.gitlab.com', 'https://auth.docker.io/token', false],
	['ghcr.io', 'https://ghcr.io/token', true],
	['ghcr.io', 'https://GHCR.io:443/token', true],
	['ghcr.io', 'http://ghcr.io/token', false],
	['ghcr.io', 'https://ghcr.io:8443/token', false],
	['ghcr.io', 'https://sub.ghcr.io/token', false],
	['ghcr.io', 'https://auth.docker.io/token', false],
	['lan.test:5000', 'https://lan.test/token', false],
	['lan.test:5000', 'https://lan.test:5000/token', true],
	['127.0.0.1:5000', 'http://127.0.0.1:5000/token', true],
	['127.0.0.1:5000', 'http://127.0.0.1:5001/token', false],
	['127.0.0.1:5000', 'http://localhost:5000/token', false],
];

for (const [registry, realm, belongs] of cases)
	test(`realm: credentials of ${registry} ${belongs ? 'go' : 'do not go'} to ${realm}`, () => {
		const [endpoint] = endpointsFor(parseName(`${registry}/app`), [], false) as [Endpoint];
		assert.equal(belongsTo(endpoint, new URL(realm)), belongs);
	});
