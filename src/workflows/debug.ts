import type { DebugReport } from '../model/debug-report.ts';
import { FootingError } from '../model/errors.ts';
import { schemaVersion } from '../model/report.ts';
import { debugContainer } from '../verify/debug-container.ts';
import { kubernetesDebug } from '../verify/kubernetes-debug.ts';
import { openWorkspace } from '../verify/open-workspace.ts';
import { openToolbox } from '../verify/toolbox.ts';
import type { Session } from './session.ts';

export interface DebugRequest {
	/** A container of the engine; with `kubernetes` `[NAMESPACE/]POD/CONTAINER`. */
	readonly target: string;
	readonly engine?: string;
	readonly toolbox?: string;
	readonly user?: 'root' | 'same';
	/** Run with a shell in the toolbox; without it the terminal is given to a shell. */
	readonly command?: string;
	readonly kubernetes?: boolean;
	/** Kubernetes: the number of the target's user. */
	readonly userId?: number;
}

/**
 * A toolbox beside a container that has no shell, running or ended; nothing is written into it. For Kubernetes only the command is made.
 * @throws FootingError `engine-unavailable`, `not-found`, `unsupported`, `bad-usage`
 */
export async function debug(session: Session, request: DebugRequest): Promise<DebugReport> {
	const head = { schemaVersion, kind: 'debug', target: request.target, problems: [] } as const;
	if (request.kubernetes === true) {
		const kubernetes = kubernetesDebug(request.target, request.toolbox ?? 'busybox:stable', request.userId);
		return { ...head, root: '/proc/1/root', user: String(request.userId ?? ''), kubernetes };
	}
	const workspace = await openWorkspace(session.host, request.engine);
	try {
		const toolbox = await openToolbox(workspace, session.host, request.toolbox);
		if ('missing' in toolbox) throw new FootingError('unsupported', `cannot make a toolbox: ${toolbox.missing}`);
		const found = await debugContainer(workspace, {
			container: request.target,
			user: request.user ?? 'root',
			toolbox: toolbox.image,
			portable: request.toolbox === undefined,
			...(request.command === undefined ? {} : { command: request.command }),
		});
		return { ...head, engine: { name: workspace.engine.name, version: workspace.version }, ...found };
	} finally {
		await workspace.close();
	}
}
