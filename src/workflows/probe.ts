import { identify, readAccounts } from '../formats/accounts.ts';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { type ProbeReport, schemaVersion } from '../model/report.ts';
import { emptyImage } from '../verify/empty-image.ts';
import type { Workspace } from '../verify/engine.ts';
import { meansOf } from '../verify/means.ts';
import type { Target } from '../verify/move.ts';
import { obtainImage } from '../verify/obtain-image.ts';
import { openWorkspace } from '../verify/open-workspace.ts';
import { rehearse, type Stage } from '../verify/rehearse.ts';
import { openToolbox } from '../verify/toolbox.ts';
import { engineNames } from './engine-names.ts';
import { problemsOf } from './report-image.ts';
import type { Session } from './session.ts';
import { type Study, studyImage } from './study-image.ts';

export interface ProbeRequest {
	/** An image; with `live` a running container. */
	readonly target: string;
	readonly live?: boolean;
	readonly engine?: string;
	readonly toolbox?: string;
	/** Further flags of `docker run`: `--read-only`, `--user=1000`. */
	readonly runFlags?: readonly string[];
}

/**
 * What can somebody who got in really do? What the surface predicts beside what happens, in throwaway containers without a
 * way out, or in a running container, where only what is harmless is tried. Nothing stays.
 * @throws FootingError `engine-unavailable`, `image-not-found`, `not-found` for a container
 */
export async function probe(session: Session, request: ProbeRequest): Promise<ProbeReport> {
	const workspace = await openWorkspace(session.host, request.engine);
	try {
		return request.live === true ? await probeContainer(session, request, workspace) : await probeImage(session, request, workspace);
	} finally {
		await workspace.close();
	}
}

async function probeImage(session: Session, request: ProbeRequest, workspace: Workspace): Promise<ProbeReport> {
	const names = engineNames(session, request.target);
	const image = names[0] === 'scratch' ? await emptyImage(workspace) : await obtainImage(workspace, names);
	const study = await studyImage(session, request.target, 'fit');
	try {
		const flags = request.runFlags ?? [];
		const toolbox = await openToolbox(workspace, session.host, request.toolbox);
		const { config } = study.image;
		const target = await targetOf(study, { user: userFlag(flags) ?? config.user, ...settingsOf(flags) });
		return await report(session, request, workspace, study, target, { image, flags, toolbox });
	} finally {
		await study.close();
	}
}

async function probeContainer(session: Session, request: ProbeRequest, workspace: Workspace): Promise<ProbeReport> {
	const format =
		'{{json .Image}} {{json .Config.User}} {{json .HostConfig.ReadonlyRootfs}} {{json .HostConfig.CapDrop}} {{.State.Running}}';
	const shown = await workspace.run(['container', 'inspect', '--format', format, '--', request.target]);
	const [image = '""', user = '""', readOnly, dropped = '', running] = shown.stdout.trim().split(' ');
	if (shown.exitCode !== 0 || running !== 'true')
		throw new FootingError('not-found', `cannot probe the container ${quote(request.target)}: it does not run in ${workspace.engine.name}`);
	const id = String(JSON.parse(image)).replace(/^sha256:/, '');
	const study = await studyImage(session, `${workspace.engine.name}:${id}`, 'fit');
	try {
		const settings = { user: String(JSON.parse(user)), readOnly: readOnly === 'true', privileges: !/ALL/i.test(dropped) };
		return await report(session, request, workspace, study, await targetOf(study, settings), { container: request.target });
	} finally {
		await study.close();
	}
}

async function report(
	session: Session,
	request: ProbeRequest,
	workspace: Workspace,
	study: Study,
	target: Target,
	stage: Stage,
): Promise<ProbeReport> {
	const { progress } = session.host;
	return {
		schemaVersion,
		kind: 'probe',
		target: request.target,
		live: request.live === true,
		engine: { name: workspace.engine.name, version: workspace.version },
		...(await rehearse(workspace, target, stage, progress === undefined ? {} : { progress })),
		problems: problemsOf(study),
	};
}

interface Settings {
	readonly user: string;
	readonly readOnly: boolean;
	readonly privileges: boolean;
}

async function targetOf({ rootfs, measurement, image }: Study, settings: Settings): Promise<Target> {
	const who = identify(settings.user, await readAccounts(rootfs));
	return {
		rootfs,
		surface: measurement.surface,
		config: image.config,
		user: who.kind === 'known' ? who.identity : undefined,
		means: meansOf(measurement.surface, rootfs),
		readOnly: settings.readOnly,
		privileges: settings.privileges,
	};
}

/** What the user's own flags change of what is predicted. */
function settingsOf(flags: readonly string[]): Omit<Settings, 'user'> {
	return { readOnly: flags.includes('--read-only'), privileges: !flags.some((flag) => /^--cap-drop=(?:ALL|NET_RAW)$/i.test(flag)) };
}

function userFlag(flags: readonly string[]): string | undefined {
	return flags.map((flag) => /^--user=(.*)$/.exec(flag)?.[1]).find((user) => user !== undefined);
}
