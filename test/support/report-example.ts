import { compose, layoutFiles, writeFiles } from './image-forms.ts';
import { program } from './program.ts';
import { type Member, tar } from './tar.ts';

const debian: readonly Member[] = [
	{ name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' },
	{
		name: 'var/lib/dpkg/status',
		body: 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nSource: bash-src (5.2)\nVersion: 5.2.15-2\n\n',
	},
	{ name: 'var/lib/dpkg/info/bash.list', body: '/usr/bin/bash\n' },
	{ name: 'bin', flag: '2', link: 'usr/bin' },
	{ name: 'usr/bin/', flag: '5' },
	{ name: 'usr/bin/bash', body: program('bash').body as Uint8Array, mode: 0o755 },
	{ name: 'usr/bin/sh', flag: '2', link: 'bash' },
	{ name: 'usr/bin/su', body: 'su', mode: 0o4755 },
	{ name: 'tmp/', flag: '5', mode: 0o1777 },
];

const bare: readonly Member[] = [{ name: 'etc/passwd', body: 'root:x:0:0:root:/:/sbin/nologin\nweb:x:1000:1000::/:/sbin/nologin\n' }];

const settings = { os: 'linux', architecture: 'amd64', history: [{ created_by: 'ADD base' }] };
const config = { Env: ['PATH=/usr/bin'], Cmd: ['/usr/bin/bash'], Healthcheck: { Test: ['CMD', '/usr/bin/bash'] }, StopSignal: 'SIGTERM' };

/** Two bases as OCI layouts and an application, below a directory: enough for every workflow to have something to say. */
export function writeExample(directory: string): void {
	const full = compose({ layers: [tar(debian)], config: { ...settings, config } });
	const empty = compose({ layers: [tar(bare)], config: { ...settings, config: { User: 'web' } } });
	writeFiles(`${directory}/full`, layoutFiles([{ image: full, name: 'latest' }]));
	writeFiles(`${directory}/bare`, layoutFiles([{ image: empty, name: 'latest' }]));
	writeFiles(
		`${directory}/app`,
		new Map([
			['Dockerfile', Buffer.from('FROM registry.example/full:1\nCOPY run.sh /run.sh\nHEALTHCHECK CMD bash -c true\nCMD bash /run.sh\n')],
			['run.sh', Buffer.from('#!/bin/bash\necho hello\n')],
		]),
	);
}
