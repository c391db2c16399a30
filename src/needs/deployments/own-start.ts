import type { Application } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';

/**
 * How sure it is that the image is started as its Dockerfile says. Files that start it otherwise add a way and take none
 * away: an image is run by hand and tested too. Only where the Dockerfile has no word of its own on it, and the service
 * that builds it has, the base's command is nobody's.
 */
export function ownStart({ launch: { entrypoint, command }, deployments = [] }: Application): Certainty {
	const said = entrypoint !== undefined || command !== undefined;
	const otherwise = deployments.some((one) => one.certainty === 'required' && (one.entrypoint ?? one.command) !== undefined);
	return !said && otherwise ? 'possible' : 'required';
}
