import type { OpenOptions } from '../image/open-image.ts';
import type { Host } from '../model/host.ts';

/** What every workflow is given: the world outside and how images are to be opened. */
export interface Session {
	readonly host: Host;
	readonly open: OpenOptions;
	/** Read the image of this name (see imageKey) from that reference; reports keep the first name. */
	readonly substitutes?: ReadonlyMap<string, string>;
	/** For end-of-life dates. */
	readonly today: Date;
}
