import type { Workspace } from './engine.ts';

/** What a built image says of how it is run. */
export interface ImageSettings {
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly workingDir: string;
	readonly env: readonly { readonly name: string; readonly value: string }[];
	/** TCP ports, numbers only. */
	readonly ports: readonly string[];
	readonly hasHealthcheck: boolean;
}

/** From `image inspect`, which both engines answer alike. */
export async function imageSettings(workspace: Workspace, image: string): Promise<ImageSettings> {
	const { stdout } = await workspace.run(['image', 'inspect', '--format', '{{json .}}', '--', image]);
	let document: unknown;
	try {
		// Podman answers with a list of one
		const said: unknown = JSON.parse(stdout);
		document = Array.isArray(said) ? said[0] : said;
	} catch {
		document = undefined;
	}
	const config = new Map(Object.entries(objectOf(objectOf(document)['Config'])));
	const health = objectOf(config.get('Healthcheck') ?? objectOf(document)['HealthCheck'] ?? objectOf(document)['Healthcheck']);
	const test = texts(health['Test']);
	return {
		entrypoint: texts(config.get('Entrypoint')),
		command: texts(config.get('Cmd')),
		workingDir: String(config.get('WorkingDir') ?? '') || '/',
		env: texts(config.get('Env')).map((line) => {
			const equals = line.indexOf('=');
			return { name: line.slice(0, equals), value: line.slice(equals + 1) };
		}),
		ports: Object.keys(objectOf(config.get('ExposedPorts'))).flatMap((port) => /^(\d{1,5})(?:\/tcp)?$/.exec(port)?.[1] ?? []),
		hasHealthcheck: test.length > 0 && test[0] !== 'NONE',
	};
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function texts(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
