import type { OpenOptions } from '../image/open-image.ts';
import { parsePlatform } from '../image/platform.ts';
import type { Host } from '../model/host.ts';
import { imageKey } from './image-key.ts';
import type { Session } from './session.ts';

export interface SessionOptions extends Omit<OpenOptions, 'platform'> {
	/** os/arch[/variant]; that of this machine, on Linux, unless said. */
	readonly platform?: string;
	/** Read the image of this reference from that one; reports keep the first name. */
	readonly substitutes?: ReadonlyMap<string, string>;
	/** For end-of-life dates; today unless said. */
	readonly today?: Date;
}

/** What every workflow is given. @throws FootingError `bad-usage` for a platform that is none */
export function createSession(host: Host, options: SessionOptions = {}): Session {
	const { platform, substitutes, today = host.now(), ...open } = options;
	return {
		host,
		open: { ...open, ...(platform === undefined ? {} : { platform: parsePlatform(platform) }) },
		today,
		...(substitutes === undefined ? {} : { substitutes: new Map([...substitutes].map(([from, to]) => [imageKey(from), to])) }),
	};
}
