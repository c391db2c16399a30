import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherImages } from './other-images.ts';

const rows: readonly (readonly [title: string, dockerfile: string, expected: readonly string[] | undefined])[] = [
	['one stage takes nothing but its base', 'ARG BASE\nFROM ${BASE}\nCOPY . .\n', []],
	['a builder', 'FROM golang:1 AS build\nRUN go build\nFROM base:1\nCOPY --from=build /app /app\n', ['golang:1']],
	['a builder by its number', 'FROM golang:1\nFROM base:1\nCOPY --from=0 /app /app\n', ['golang:1']],
	['files of an image', 'FROM base:1\nCOPY --from=tools:2 /bin/x /bin/x\n', ['tools:2']],
	['a mount from an image', 'FROM base:1\nRUN --mount=type=bind,from=tools:2,target=/t /t/x\n', ['tools:2']],
	['an argument with a value', 'ARG GO=1\nFROM golang:${GO} AS build\nFROM base:1\n', ['golang:1']],
	['an argument without one', 'ARG GO\nFROM golang:${GO} AS build\nFROM base:1\n', undefined],
];

for (const [title, dockerfile, expected] of rows)
	test(`other images of a build: ${title}`, () => {
		assert.deepEqual(otherImages(dockerfile, { BASE: 'base:1' }, 'base:1'), expected);
	});
