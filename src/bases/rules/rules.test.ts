import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidate } from '../../../test/support/candidate.ts';
import type { Profile } from '../../model/base.ts';
import { debugVariant } from './debug-variant.ts';
import { rules } from './index.ts';
import { prerelease } from './prerelease.ts';

const profile: Profile = { exposure: 'internal', debugging: 'none', data: 'ordinary' };
const today = new Date('2026-11-25T00:00:00Z');

const tags: readonly (readonly [string, 'release' | 'prerelease' | 'debug'])[] = [
	['node:26', 'release'],
	['node:26.13.0-alpine3.24', 'release'],
	['python:3.16-rc-slim', 'prerelease'],
	['python:3.16.0a1', 'prerelease'],
	['php:8.6.0RC4-cli', 'prerelease'],
	['node:27-nightly', 'prerelease'],
	['alpine:edge', 'prerelease'],
	['debian:sid-slim', 'prerelease'],
	['ubuntu/jre:17-22.04_edge', 'prerelease'],
	['mcr.microsoft.com/dotnet/aspnet:11.0-preview', 'prerelease'],
	['eclipse-temurin:21.0.4_7-jre', 'release'],
	['ruby:3.3.0-slim-bookworm', 'release'],
	['nginx:stable-alpine', 'release'],
	['registry.example/search:1.0-march', 'release'],
	['gcr.io/distroless/static-debian13:debug', 'debug'],
	['gcr.io/distroless/static-debian13:debug-nonroot', 'debug'],
	['cgr.dev/chainguard/node:latest-dev', 'debug'],
	['dhi.io/node:26-debian13-dev', 'debug'],
	['registry.example/app:1-dev', 'release'],
	['registry.example:5000/debug/base', 'release'],
];

for (const [reference, kind] of tags) {
	test(`${reference} is a ${kind}`, () => {
		const weighing = { candidate: candidate({ reference }), candidates: [], profile, today };
		const found = [prerelease, debugVariant].filter((rule) => rule.speak(weighing) !== undefined).map(({ id }) => id);
		assert.deepEqual(found, kind === 'release' ? [] : [kind === 'debug' ? 'debug-variant' : 'prerelease']);
	});
}

test('rules have ids of their own, and say when and why', () => {
	assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
	for (const { id, when, why } of rules) assert.ok(/^[a-z-]+$/.test(id) && when.length > 10 && why.length > 10, id);
});

test('what is out stands above what is held back, and that above what is told', () => {
	const order = rules.map(({ effect }) => ['out', 'held-back', 'kept'].indexOf(effect));
	assert.deepEqual(order, [...order].sort());
});
