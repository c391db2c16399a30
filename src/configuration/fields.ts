import type { Shape } from './shape.ts';

const reference = {
	regexp: /^(?:[a-z-]+:)?[A-Za-z0-9./~][^\s]*$/,
	says: 'an image reference such as node:26-slim or oci-layout:./base',
} as const;

/** Everything footing.yaml may hold. */
export const fields = {
	kind: 'mapping',
	about: 'The configuration of Footing for one application. The file is optional, and so is every field; flags win over it.',
	fields: {
		application: {
			kind: 'mapping',
			about: 'How the application is built and tested.',
			fields: {
				dockerfile: {
					kind: 'text',
					about: 'The Dockerfile, relative to the directory of the application.',
					example: 'deploy/Dockerfile',
					without: '`Dockerfile`',
				},
				target: { kind: 'text', about: 'The stage of the Dockerfile that is shipped.', example: 'runtime', without: 'the last stage' },
				buildArgs: {
					kind: 'table',
					about: 'Values of ARG instructions, as `docker build --build-arg` would give them. Numbers are taken as written.',
					names: { regexp: /^[A-Za-z_][A-Za-z0-9_]*$/, says: 'the name of an ARG' },
					of: { kind: 'text', about: 'The value.' },
					example: '{ NODE_VERSION: 26 }',
					without: 'the defaults in the Dockerfile',
				},
				test: {
					kind: 'either',
					about: 'The command that tests the application. A text is a command line for a shell, a list is a program with its arguments.',
					short: { kind: 'text', about: 'A command line.' },
					long: { kind: 'list', about: 'A program and its arguments.', of: { kind: 'text', about: 'One argument.' } },
					example: '[node, --test]',
					without: 'nothing is known of how to test it',
				},
			},
		},
		candidates: {
			kind: 'list',
			about: 'Bases to try beside those of the base families, for instance your own golden images.',
			of: {
				kind: 'either',
				about: 'A reference, or a reference with the reason for trying it.',
				short: { kind: 'text', about: 'An image reference.', pattern: reference },
				long: {
					kind: 'mapping',
					about: 'A reference with its reason.',
					required: ['reference'],
					fields: {
						reference: { kind: 'text', about: 'An image reference.', pattern: reference, example: 'registry.example/base/node:26' },
						because: { kind: 'text', about: 'Why it is worth trying; shown in the report.', example: 'our golden image' },
					},
				},
			},
			example: '[node:26-slim, { reference: registry.example/base/node:26, because: our golden image }]',
			without: 'only those of the families',
		},
		families: {
			kind: 'flag',
			about: 'Whether the base families name candidates too. With `false` only the current base and `candidates` are tried.',
			example: 'false',
			without: '`true`',
		},
		registries: {
			kind: 'mapping',
			about: 'Where images are read from.',
			fields: {
				mirrors: {
					kind: 'table',
					about:
						'Registries or parts of them, each with the address that stands in for it; as `--registry-mirror FROM=TO`. Plain http only where it is written.',
					names: { regexp: /^[A-Za-z0-9][A-Za-z0-9.-]*(:\d+)?(\/[a-z0-9._/-]+)?$/, says: 'a registry such as docker.io or ghcr.io/acme' },
					of: {
						kind: 'text',
						about: 'Its address.',
						pattern: {
							regexp: /^(https?:\/\/)?[A-Za-z0-9[][^\s@?#]*$/,
							says: 'an address such as https://mirror.example/hub, without credentials',
						},
					},
					example: '{ docker.io: https://mirror.example/hub }',
					without: 'the registries themselves',
				},
			},
		},
		profile: {
			kind: 'mapping',
			about: 'The risk profile of the service. docs/methods/choosing.md says which rule each value switches on.',
			fields: {
				exposure: {
					kind: 'text',
					about: 'Who can reach it: anybody, known partners, or only your own people and services.',
					values: ['public', 'partner', 'internal'],
					example: 'public',
					without: '`public`',
				},
				debugging: {
					kind: 'text',
					about: 'How an incident is looked into: with a shell in the container, now and then with tools brought along, or never inside.',
					values: ['interactive', 'occasional', 'none'],
					example: 'none',
					without: '`occasional`',
				},
				data: {
					kind: 'text',
					about: 'What it handles.',
					values: ['sensitive', 'ordinary'],
					example: 'sensitive',
					without: '`ordinary`',
				},
			},
		},
		policy: { kind: 'any', about: 'The gate in CI: kept for `footing check`, which reads it itself.', without: 'no gate' },
	},
} as const satisfies Shape;
