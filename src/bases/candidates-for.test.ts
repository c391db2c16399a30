import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CandidateReference } from '../model/base.ts';
import { candidatesFor } from './candidates-for.ts';
import { families } from './families/index.ts';
import type { RuntimeHints } from './family.ts';

const digest = 'a'.repeat(64);

interface Row {
	readonly title: string;
	readonly current?: string;
	readonly hints?: RuntimeHints;
	/** The references beside the current one, one a line. */
	readonly expected: string;
}

const rows: readonly Row[] = [
	{
		title: 'a major version',
		current: 'node:20',
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:20-alpine
			node:20-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{
		title: 'the suite of today keeps its place',
		current: 'node:20-bookworm-slim',
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:20-alpine
			node:20-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{
		title: 'a patch version stays in the official tags; distroless and the others have majors',
		current: 'node:20.11.1-alpine3.19',
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:20.11.1-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{
		title: 'lts stays lts in the official tags and is 26 elsewhere',
		current: 'node:lts',
		expected: `
			gcr.io/distroless/nodejs26-debian13:nonroot
			gcr.io/distroless/nodejs26-debian13:latest
			cgr.dev/chainguard/node:latest
			node:lts-alpine
			node:lts-slim
			dhi.io/node:26-debian13`,
	},
	{
		title: 'no tag is latest',
		current: 'node',
		expected: `
			gcr.io/distroless/nodejs26-debian13:nonroot
			gcr.io/distroless/nodejs26-debian13:latest
			cgr.dev/chainguard/node:latest
			node:alpine
			node:slim
			dhi.io/node:26-debian13`,
	},
	{
		title: 'a codename is a version',
		current: 'node:iron-bullseye',
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:iron-alpine
			node:iron-bullseye-slim
			node:iron-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{
		title: 'a digest beside a tag changes nothing',
		current: `node:20@sha256:${digest}`,
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:20-alpine
			node:20-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{ title: 'a digest alone says no version, so nothing can keep it', current: `node@sha256:${digest}`, expected: '' },
	{
		title: 'a digest alone with a version from the needs',
		current: `node@sha256:${digest}`,
		hints: { version: '22' },
		expected: `
			gcr.io/distroless/nodejs22-debian13:nonroot
			gcr.io/distroless/nodejs22-debian13:latest
			gcr.io/distroless/nodejs22-debian12:nonroot
			gcr.io/distroless/nodejs22-debian12:latest
			node:22-alpine
			node:22-slim
			dhi.io/node:22-debian13
			registry.access.redhat.com/ubi9/nodejs-22-minimal:latest
			registry.access.redhat.com/ubi10/nodejs-22-minimal:latest`,
	},
	{
		title: 'a pull-through cache keeps serving the official variants',
		current: 'mirror.example:5000/docker-hub/node:22',
		expected: `
			gcr.io/distroless/nodejs22-debian13:nonroot
			gcr.io/distroless/nodejs22-debian13:latest
			gcr.io/distroless/nodejs22-debian12:nonroot
			gcr.io/distroless/nodejs22-debian12:latest
			mirror.example:5000/docker-hub/node:22-alpine
			mirror.example:5000/docker-hub/node:22-slim
			dhi.io/node:22-debian13
			registry.access.redhat.com/ubi9/nodejs-22-minimal:latest
			registry.access.redhat.com/ubi10/nodejs-22-minimal:latest`,
	},
	{
		title: 'another mirror of the official images',
		current: 'public.ecr.aws/docker/library/node:18-slim',
		expected: `
			gcr.io/distroless/nodejs18-debian12:nonroot
			gcr.io/distroless/nodejs18-debian12:latest
			public.ecr.aws/docker/library/node:18-alpine
			dhi.io/node:18-debian13
			registry.access.redhat.com/ubi9/nodejs-18-minimal:latest`,
	},
	{
		title: 'on distroless already, debug variant',
		current: 'gcr.io/distroless/nodejs24-debian12:debug',
		expected: `
			gcr.io/distroless/nodejs24-debian13:nonroot
			gcr.io/distroless/nodejs24-debian13:latest
			gcr.io/distroless/nodejs24-debian12:nonroot
			gcr.io/distroless/nodejs24-debian12:latest
			node:24-alpine
			node:24-slim
			dhi.io/node:24-debian13
			registry.access.redhat.com/ubi9/nodejs-24-minimal:latest
			registry.access.redhat.com/ubi10/nodejs-24-minimal:latest`,
	},
	{
		title: 'on UBI already',
		current: 'registry.access.redhat.com/ubi9/nodejs-20',
		expected: `
			gcr.io/distroless/nodejs20-debian13:nonroot
			gcr.io/distroless/nodejs20-debian13:latest
			gcr.io/distroless/nodejs20-debian12:nonroot
			gcr.io/distroless/nodejs20-debian12:latest
			node:20-alpine
			node:20-slim
			dhi.io/node:20-debian13
			registry.access.redhat.com/ubi9/nodejs-20-minimal:latest`,
	},
	{
		title: 'on a hardened image already',
		current: 'dhi.io/node:22-alpine3.22',
		expected: `
			gcr.io/distroless/nodejs22-debian13:nonroot
			gcr.io/distroless/nodejs22-debian13:latest
			gcr.io/distroless/nodejs22-debian12:nonroot
			gcr.io/distroless/nodejs22-debian12:latest
			node:22-alpine
			node:22-slim
			dhi.io/node:22-debian13
			registry.access.redhat.com/ubi9/nodejs-22-minimal:latest
			registry.access.redhat.com/ubi10/nodejs-22-minimal:latest`,
	},
	{
		title: 'needs alone, with a shell wanted: debug variants too',
		hints: { runtime: 'node', version: '24', shellWanted: true },
		expected: `
			gcr.io/distroless/nodejs24-debian13:nonroot
			gcr.io/distroless/nodejs24-debian13:latest
			gcr.io/distroless/nodejs24-debian13:debug-nonroot
			gcr.io/distroless/nodejs24-debian13:debug
			gcr.io/distroless/nodejs24-debian12:nonroot
			gcr.io/distroless/nodejs24-debian12:latest
			gcr.io/distroless/nodejs24-debian12:debug-nonroot
			gcr.io/distroless/nodejs24-debian12:debug
			node:24-alpine
			node:24-slim
			dhi.io/node:24-debian13
			registry.access.redhat.com/ubi9/nodejs-24-minimal:latest
			registry.access.redhat.com/ubi10/nodejs-24-minimal:latest`,
	},
	{
		title: 'Debian 12 has Python 3.11',
		current: 'python:3.11-slim-bookworm',
		expected: `
			gcr.io/distroless/python3-debian12:nonroot
			gcr.io/distroless/python3-debian12:latest
			python:3.11-alpine
			python:3.11-slim
			dhi.io/python:3.11-debian13
			registry.access.redhat.com/ubi9/python-311:latest`,
	},
	{
		title: 'Debian 13 has Python 3.13',
		current: 'python:3.13',
		expected: `
			gcr.io/distroless/python3-debian13:nonroot
			gcr.io/distroless/python3-debian13:latest
			python:3.13-alpine
			python:3.13-slim
			dhi.io/python:3.13-debian13`,
	},
	{
		title: 'no Debian has Python 3.12, Ubuntu 24.04 does',
		current: 'python:3.12.4-alpine3.20',
		expected: `
			ubuntu/python:3.12-24.04_stable
			python:3.12.4-slim
			dhi.io/python:3.12-debian13
			registry.access.redhat.com/ubi9/python-312-minimal:latest
			registry.access.redhat.com/ubi10/python-312-minimal:latest`,
	},
	{
		title: '3 admits any 3.x',
		current: 'python:3',
		expected: `
			gcr.io/distroless/python3-debian13:nonroot
			gcr.io/distroless/python3-debian13:latest
			gcr.io/distroless/python3-debian12:nonroot
			gcr.io/distroless/python3-debian12:latest
			cgr.dev/chainguard/python:latest
			python:3-alpine
			python:3-slim`,
	},
	{
		title: '3.10',
		current: 'python:3.10-slim',
		expected: `
			ubuntu/python:3.10-22.04_stable
			python:3.10-alpine
			dhi.io/python:3.10-debian13`,
	},
	{
		title: 'plain Debian with Python installed: Python images and the slimmer Debian',
		current: 'debian:bookworm',
		hints: { runtime: 'python', version: '3.11' },
		expected: `
			gcr.io/distroless/python3-debian12:nonroot
			gcr.io/distroless/python3-debian12:latest
			python:3.11-alpine
			python:3.11-slim
			dhi.io/python:3.11-debian13
			registry.access.redhat.com/ubi9/python-311:latest
			debian:bookworm-slim`,
	},
	{
		title: 'Temurin: the JRE instead of the JDK, build number and suite kept',
		current: 'eclipse-temurin:21.0.4_7-jdk-noble',
		expected: `
			gcr.io/distroless/java21-debian13:nonroot
			gcr.io/distroless/java21-debian13:latest
			gcr.io/distroless/java21-debian12:nonroot
			gcr.io/distroless/java21-debian12:latest
			eclipse-temurin:21.0.4_7-jre-alpine
			eclipse-temurin:21.0.4_7-jre-noble
			eclipse-temurin:21.0.4_7-jre
			registry.access.redhat.com/ubi9/openjdk-21-runtime:latest`,
	},
	{
		title: 'openjdk is no longer published: Temurin by major version',
		current: 'openjdk:8-jdk-slim',
		expected: `
			ubuntu/jre:8-22.04_edge
			eclipse-temurin:8-jre-alpine
			eclipse-temurin:8-jre`,
	},
	{
		title: 'Corretto keeps its own variants beside',
		current: 'amazoncorretto:17',
		expected: `
			gcr.io/distroless/java17-debian13:nonroot
			gcr.io/distroless/java17-debian13:latest
			gcr.io/distroless/java17-debian12:nonroot
			gcr.io/distroless/java17-debian12:latest
			ubuntu/jre:17-22.04_edge
			eclipse-temurin:17-jre-alpine
			eclipse-temurin:17-jre
			amazoncorretto:17-alpine
			amazoncorretto:17-al2023-headless
			registry.access.redhat.com/ubi9/openjdk-17-runtime:latest`,
	},
	{
		title: 'a build tool names the JDK inside',
		current: 'maven:3.9-eclipse-temurin-25',
		expected: `
			gcr.io/distroless/java25-debian13:nonroot
			gcr.io/distroless/java25-debian13:latest
			cgr.dev/chainguard/jre:latest
			eclipse-temurin:25-jre-alpine
			eclipse-temurin:25-jre`,
	},
	{
		title: 'on distroless already, nonroot',
		current: 'gcr.io/distroless/java17-debian12:nonroot',
		expected: `
			gcr.io/distroless/java17-debian13:nonroot
			gcr.io/distroless/java17-debian13:latest
			gcr.io/distroless/java17-debian12:latest
			ubuntu/jre:17-22.04_edge
			eclipse-temurin:17-jre-alpine
			eclipse-temurin:17-jre
			registry.access.redhat.com/ubi9/openjdk-17-runtime:latest`,
	},
	{
		title: 'the suite stands behind slim in Ruby',
		current: 'ruby:3.3-slim-bookworm',
		expected: `
			ruby:3.3-alpine
			ruby:3.3-slim
			dhi.io/ruby:3.3-debian13
			registry.access.redhat.com/ubi9/ruby-33:latest`,
	},
	{
		title: 'the newest Ruby',
		current: 'ruby:4.0',
		expected: `
			cgr.dev/chainguard/ruby:latest
			ruby:4.0-alpine
			ruby:4.0-slim
			dhi.io/ruby:4.0-debian13`,
	},
	{
		title: 'PHP keeps its interface',
		current: 'php:8.3-fpm-bookworm',
		expected: `
			php:8.3-fpm-alpine
			php:8.3-fpm
			registry.access.redhat.com/ubi9/php-83:latest`,
	},
	{
		title: 'Apache is on Debian alone',
		current: 'php:8.2-apache',
		expected: `
			registry.access.redhat.com/ubi9/php-82:latest`,
	},
	{
		title: 'the newest PHP on the command line',
		current: 'php:8.5-cli-alpine',
		expected: `
			cgr.dev/chainguard/php:latest
			php:8.5-cli`,
	},
	{
		title: '.NET: what was built with the SDK runs on the runtime',
		current: 'mcr.microsoft.com/dotnet/sdk:8.0',
		expected: `
			mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled
			mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled-extra
			mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled
			mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled-extra
			mcr.microsoft.com/dotnet/aspnet:8.0-azurelinux3.0-distroless
			mcr.microsoft.com/dotnet/aspnet:8.0-alpine
			mcr.microsoft.com/dotnet/aspnet:8.0
			registry.access.redhat.com/ubi9/dotnet-80-runtime:latest`,
	},
	{
		title: 'self-contained .NET',
		current: 'mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine',
		expected: `
			mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
			mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra
			mcr.microsoft.com/dotnet/runtime-deps:10.0-azurelinux3.0-distroless
			mcr.microsoft.com/dotnet/runtime-deps:10.0`,
	},
	{
		title: 'an old .NET from a mirror: no extra variant yet',
		current: 'mcr.example/dotnet/runtime:6.0',
		expected: `
			mcr.example/dotnet/runtime:6.0-jammy-chiseled
			mcr.example/dotnet/runtime:6.0-alpine`,
	},
	{
		title: 'nginx without a tag',
		current: 'nginx',
		expected: `
			nginxinc/nginx-unprivileged:alpine-slim
			nginx:alpine-slim
			nginx:alpine
			cgr.dev/chainguard/nginx:latest
			dhi.io/nginx:1.31-debian13`,
	},
	{
		title: 'nginx 1.26',
		current: 'nginx:1.26-alpine',
		expected: `
			nginxinc/nginx-unprivileged:1.26-alpine-slim
			nginx:1.26-alpine-slim
			dhi.io/nginx:1.26-debian13
			registry.access.redhat.com/ubi9/nginx-126:latest`,
	},
	{
		title: 'a module keeps the slim variant out',
		current: 'nginx:stable-perl',
		expected: `
			nginx:stable-alpine-perl
			dhi.io/nginx:1.30-debian13`,
	},
	{
		title: 'Bun',
		current: 'oven/bun:1-alpine',
		expected: `
			oven/bun:1-distroless
			oven/bun:1-slim`,
	},
	{
		title: 'a static Go binary',
		current: 'golang:1.25',
		hints: { staticBinary: true },
		expected: `
			scratch
			gcr.io/distroless/static-debian13:nonroot
			gcr.io/distroless/static-debian13:latest
			cgr.dev/chainguard/static:latest
			alpine:3.23`,
	},
	{
		title: 'a Go binary with cgo',
		current: 'golang:1.25-alpine',
		hints: { staticBinary: false, libc: 'glibc' },
		expected: `
			gcr.io/distroless/base-nossl-debian13:nonroot
			gcr.io/distroless/base-nossl-debian13:latest
			gcr.io/distroless/base-debian13:nonroot
			gcr.io/distroless/base-debian13:latest
			gcr.io/distroless/cc-debian13:nonroot
			gcr.io/distroless/cc-debian13:latest
			cgr.dev/chainguard/glibc-dynamic:latest
			registry.access.redhat.com/ubi9/ubi-micro:latest
			debian:trixie-slim`,
	},
	{
		title: 'a static binary and no base known',
		hints: { staticBinary: true },
		expected: `
			scratch
			gcr.io/distroless/static-debian13:nonroot
			gcr.io/distroless/static-debian13:latest
			cgr.dev/chainguard/static:latest
			alpine:3.23`,
	},
	{
		title: 'Rust on a GNU target',
		current: 'rust:1.90-slim-bookworm',
		hints: { staticBinary: false, libc: 'glibc' },
		expected: `
			gcr.io/distroless/base-nossl-debian13:nonroot
			gcr.io/distroless/base-nossl-debian13:latest
			gcr.io/distroless/base-debian13:nonroot
			gcr.io/distroless/base-debian13:latest
			gcr.io/distroless/cc-debian13:nonroot
			gcr.io/distroless/cc-debian13:latest
			gcr.io/distroless/base-nossl-debian12:nonroot
			gcr.io/distroless/base-nossl-debian12:latest
			gcr.io/distroless/base-debian12:nonroot
			gcr.io/distroless/base-debian12:latest
			gcr.io/distroless/cc-debian12:nonroot
			gcr.io/distroless/cc-debian12:latest
			cgr.dev/chainguard/glibc-dynamic:latest
			registry.access.redhat.com/ubi9/ubi-micro:latest
			debian:trixie-slim`,
	},
	{
		title: 'a program on Debian 12: the C library and what comes with it',
		current: 'debian:12.5',
		hints: { staticBinary: false },
		expected: `
			debian:bookworm-slim
			gcr.io/distroless/base-nossl-debian13:nonroot
			gcr.io/distroless/base-nossl-debian13:latest
			gcr.io/distroless/base-debian13:nonroot
			gcr.io/distroless/base-debian13:latest
			gcr.io/distroless/cc-debian13:nonroot
			gcr.io/distroless/cc-debian13:latest
			gcr.io/distroless/base-nossl-debian12:nonroot
			gcr.io/distroless/base-nossl-debian12:latest
			gcr.io/distroless/base-debian12:nonroot
			gcr.io/distroless/base-debian12:latest
			gcr.io/distroless/cc-debian12:nonroot
			gcr.io/distroless/cc-debian12:latest
			cgr.dev/chainguard/glibc-dynamic:latest
			registry.access.redhat.com/ubi9/ubi-micro:latest
			debian:trixie-slim`,
	},
	{
		title: 'a static binary on Ubuntu',
		current: 'ubuntu:24.04',
		hints: { staticBinary: true },
		expected: `
			scratch
			gcr.io/distroless/static-debian13:nonroot
			gcr.io/distroless/static-debian13:latest
			cgr.dev/chainguard/static:latest
			alpine:3.23`,
	},
	{
		title: 'a musl program',
		current: 'alpine:3.20',
		hints: { staticBinary: false, libc: 'musl' },
		expected: `
			alpine:3.23`,
	},
	{
		title: 'a runtime installed on buildpack-deps',
		current: 'buildpack-deps:trixie-curl',
		hints: { runtime: 'ruby' },
		expected: `
			debian:trixie-slim`,
	},
	{
		title: 'UBI by its release',
		current: 'registry.access.redhat.com/ubi9/ubi:9.4',
		hints: { runtime: 'other' },
		expected: `
			registry.access.redhat.com/ubi9/ubi-micro:latest
			registry.access.redhat.com/ubi9/ubi-minimal:latest`,
	},
	{ title: "an image of one's own is in no family", current: 'ghcr.io/acme/own:1', expected: '' },
	{ title: 'not everything called node is Node', current: 'ghcr.io/acme/node:20', expected: '' },
];

for (const { title, current, hints = {}, expected } of rows) {
	test(title, () => {
		const found = candidatesFor(current, hints).filter(({ from }) => from === 'family');
		assert.deepEqual(
			found.map(({ reference }) => reference),
			expected.split(/\s+/).filter((line) => line !== ''),
		);
		for (const { because } of found) assert.notEqual(because, '');
	});
}

test('the current base comes first, then those the user named; each image once under its first name', () => {
	const extra: readonly CandidateReference[] = [
		{ reference: 'docker.io/library/node:20-slim', from: 'command-line', because: '--candidate' },
		{ reference: 'registry.example/base:1', from: 'configuration', because: 'footing.yaml' },
		{ reference: 'library/node:20', from: 'configuration', because: 'footing.yaml' },
	];
	const found = candidatesFor('node:20', {}, extra).map(({ reference, from }) => `${from} ${reference}`);
	assert.deepEqual(found.slice(0, 4), [
		'current node:20',
		'command-line docker.io/library/node:20-slim',
		'configuration registry.example/base:1',
		'family gcr.io/distroless/nodejs20-debian13:nonroot',
	]);
	assert.ok(!found.some((line) => line.startsWith('family node:20-slim')));
});

test('every offer of every family is an image reference that no shell or option parser would act on', () => {
	const currents = rows.map(({ current }) => current);
	for (const current of [...currents, 'node:$(id)', 'node:-rf', 'python:3.11;x', '-x', ':', '@', 'a@b@c', 'php:'])
		for (const { reference, from } of candidatesFor(current, { runtime: 'node', version: '20' }))
			if (from === 'family') assert.match(reference, /^[a-z0-9][\w./:-]*$/);
});

test('families have names of their own', () => {
	assert.equal(new Set(families.map(({ family }) => family)).size, families.length);
});
