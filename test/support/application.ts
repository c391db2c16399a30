import type { ImageConfig } from '../../src/model/image.ts';
import type { Application, Check, Launch, Standing, Unseen } from '../../src/model/need.ts';

import { applyLaunch } from '../../src/needs/apply-launch.ts';
import type { NeedKind } from '../../src/needs/need-kind.ts';
import { combine } from '../../src/rootfs/combine.ts';
import { rootfs } from './rootfs.ts';

type Tree = Parameters<typeof rootfs>[0];

/** An application written as its files and the few words of its Dockerfile that matter. */
export interface ApplicationSketch {
	readonly files?: Tree;
	readonly entrypoint?: readonly string[];
	readonly command?: readonly string[] | string;
	readonly healthcheck?: readonly string[] | string;
	readonly env?: Readonly<Record<string, string>>;
	readonly workingDir?: string;
	readonly user?: string;
	readonly base?: string;
	readonly unseen?: readonly Unseen[];
}

function said<T>(value: T, shows: string): Launch<T> {
	return { value, because: { path: 'Dockerfile', line: 1, shows } };
}

function form(argv: readonly string[] | string): { readonly form: 'exec' | 'shell'; readonly argv: readonly string[] } {
	return typeof argv === 'string' ? { form: 'shell', argv: ['/bin/sh', '-c', argv] } : { form: 'exec', argv };
}

export function application(sketch: ApplicationSketch): Application {
	const { entrypoint, command, healthcheck, user, base } = sketch;
	return {
		name: 'app',
		origin: 'directory',
		reference: '.',
		files: rootfs(sketch.files ?? {}),
		unseen: sketch.unseen ?? [],
		...(base === undefined ? {} : { currentBase: { reference: base, because: { path: 'Dockerfile', line: 1, shows: `FROM ${base}` } } }),
		launch: {
			env: Object.entries(sketch.env ?? {}).map(([name, value]) => said({ name, value }, `ENV ${name}`)),
			exposedPorts: [],
			volumes: [],
			runs: [],
			workingDir: said(sketch.workingDir ?? '/app', 'WORKDIR'),
			...(entrypoint === undefined ? {} : { entrypoint: said(form(entrypoint), 'ENTRYPOINT') }),
			...(command === undefined ? {} : { command: said(form(command), 'CMD') }),
			...(healthcheck === undefined ? {} : { healthcheck: said(form(healthcheck), 'HEALTHCHECK') }),
			...(user === undefined ? {} : { user: said(user, 'USER') }),
		},
	};
}

/** A base written as its files and configuration. */
export interface StandingSketch {
	readonly files?: Tree;
	readonly config?: Partial<ImageConfig>;
	/** Files of the base that it stands on today. */
	readonly current?: Tree;
}

export function standing(app: Application, sketch: StandingSketch): Standing {
	const base = rootfs(sketch.files ?? {});
	const baseConfig: ImageConfig = {
		user: '',
		entrypoint: [],
		command: [],
		env: [],
		workingDir: '',
		exposedPorts: [],
		volumes: [],
		labels: new Map(),
		...sketch.config,
	};
	return {
		reference: 'candidate',
		base,
		combined: combine(base, app.files),
		baseConfig,
		config: applyLaunch(baseConfig, app.launch),
		...(sketch.current === undefined ? {} : { current: { reference: 'today:1', base: rootfs(sketch.current) } }),
	};
}

/** The checks of one kind: its finder asked about the application, its checker about the base. */
export async function checksOf(kind: NeedKind, app: Application, on: StandingSketch): Promise<readonly Check[]> {
	const stands = standing(app, on);
	const checks: Check[] = [];
	for (const need of await kind.find(app)) checks.push(await kind.check(need, stands));
	return checks;
}

/** One line for each check: certainty, what, answer, and the message when there is one. */
export function lines(checks: readonly Check[]): readonly string[] {
	return checks.map((c) => `${c.need.certainty} ${c.need.what}: ${c.answer}${c.message === undefined ? '' : ` (${c.message})`}`);
}
