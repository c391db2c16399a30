import { type InspectReport, schemaVersion } from '../model/report.ts';
import { openBases } from './open-base.ts';
import type { Session } from './session.ts';
import { tellImage } from './tell-image.ts';

/**
 * What is in this image that an attacker could use? `bases` are images that it may stand on.
 * @throws FootingError when the image or a base cannot be had or read
 */
export async function inspect(
	session: Session,
	reference: string,
	{ bases = [] }: { readonly bases?: readonly string[] } = {},
): Promise<InspectReport> {
	const named = await openBases(session, bases);
	const { report, packages, problems } = await tellImage(session, reference, named);
	return { schemaVersion, kind: 'inspect', ...report, packages, problems };
}
