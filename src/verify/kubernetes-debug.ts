import type { DebugReport } from '../model/debug-report.ts';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';

/** Any number but 0 does; the target's own lets one look at its files under /proc. */
const someUser = 65532;
/** RFC 1123 labels and subdomains, as Kubernetes names things. */
const name = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * The command and the part of a container with which `kubectl debug` adds an ephemeral container that the restricted Pod
 * Security Standard admits: not root, no capabilities, no escalation, the runtime's seccomp profile.
 * `target` is `[NAMESPACE/]POD/CONTAINER`. @throws FootingError `bad-usage`
 */
export function kubernetesDebug(target: string, image: string, user: number = someUser): NonNullable<DebugReport['kubernetes']> {
	const parts = target.split('/');
	const [container = '', pod = '', namespace] = [...parts].reverse();
	if (parts.length < 2 || parts.length > 3 || !parts.every((part) => name.test(part)))
		throw new FootingError('bad-usage', `invalid target ${quote(target, 120)}: with --kubernetes it is [NAMESPACE/]POD/CONTAINER`);
	const where = namespace === undefined ? [] : ['--namespace', namespace];
	const how = ['--stdin', '--tty', `--image=${image}`, `--target=${container}`, '--profile=restricted', '--custom=footing-debug.json'];
	return {
		command: ['kubectl', 'debug', ...where, pod, ...how, '--', 'sh'],
		custom: `${JSON.stringify(securityOf(user), undefined, 2)}\n`,
	};
}

function securityOf(user: number): object {
	return {
		securityContext: {
			runAsNonRoot: true,
			runAsUser: user,
			allowPrivilegeEscalation: false,
			capabilities: { drop: ['ALL'] },
			seccompProfile: { type: 'RuntimeDefault' },
		},
	};
}
