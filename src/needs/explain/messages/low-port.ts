import { placeOf } from '../../launch/place.ts';
import { holds, isNot, type MessageKind, open } from '../message-kind.ts';

const forms: readonly RegExp[] = [
	/EACCES: permission denied [^\s]{0,60}:(\d{1,5})\b/,
	/listen \w{2,6} [^\s]{0,60}:(\d{1,5}): bind: permission denied/,
	/bind\(\) to [^\s]{0,60}:(\d{1,5}) failed \(13/,
	/could not bind to address [^\s]{0,60}:(\d{1,5})\b/,
];

/** Ports below 1024 are root's, or of who has CAP_NET_BIND_SERVICE. */
export const lowPort: MessageKind = {
	kind: 'low-port',
	seen: '`listen EACCES: permission denied 0.0.0.0:80`',
	looks: 'the user of the image',
	read(line) {
		const port = forms.map((form) => form.exec(line)?.[1]).find((found) => found !== undefined);
		if (port === undefined || Number(port) === 0 || Number(port) >= 1024) return undefined;
		const hint = 'listen on a port from 1024 on and map it outside (-p 80:8080), or give the capability NET_BIND_SERVICE';
		return {
			what: `port ${port} is below 1024: only root may listen on it where net.ipv4.ip_unprivileged_port_start was not lowered`,
			possible: [{ what: 'the process is not root', hint }],
			look: async (scene) => {
				const { place } = await placeOf(scene.application, scene.standing);
				const because = [{ path: 'image config', shows: `USER is ${scene.standing.config.user || 'root'}: ${place.who.uid}` }];
				return place.who.uid === 0
					? [isNot('the process is not root', because), open('it was started as another user or without capabilities', [], hint)]
					: [holds('the process is not root', because, hint)];
			},
		};
	},
};
