import type { Offer, Wanted } from './family.ts';

/**
 * How each publisher names its images. Facts as of 2026-11-25 from the publishers' own pages:
 * https://github.com/GoogleContainerTools/distroless, https://github.com/chainguard-images/images,
 * https://catalog.redhat.com, https://docs.docker.com/dhi.
 */

/** `gcr.io/distroless/NAME-debianN` with the tags worth trying: the user `nonroot` first, then root. */
export function distroless(wanted: Wanted, name: string, debian: readonly string[], because: string): readonly Offer[] {
	return debian.flatMap((release) => {
		const repository = `gcr.io/distroless/${name}-debian${release}`;
		const plain = [
			{ reference: `${repository}:nonroot`, because: `${because}, no shell and no package manager, runs as uid 65532` },
			{
				reference: `${repository}:latest`,
				because: `${because}, no shell and no package manager, runs as root unless USER says otherwise`,
			},
		];
		const debug = { reference: `${repository}:debug`, because: `${because}, with a BusyBox shell for interactive debugging` };
		return wanted.hints.shellWanted === true ? [...plain, debug] : plain;
	});
}

/** Chainguard's free images: `latest` only, so the version moves with every upstream release. */
export function chainguard(name: string, because: string): Offer {
	return { reference: `cgr.dev/chainguard/${name}:latest`, because: `${because}; free of charge only as the moving tag latest` };
}

/** Red Hat Universal Base Images, readable without a login. */
export function ubi(release: string, name: string, because: string): Offer {
	return { reference: `registry.access.redhat.com/ubi${release}/${name}:latest`, because: `${because} on Red Hat UBI ${release}` };
}

/** Docker Hardened Images: free of charge, but only after `docker login dhi.io`. */
export function hardened(repository: string, tag: string, because: string): Offer {
	return { reference: `dhi.io/${repository}:${tag}`, because: `${because}, hardened by Docker; needs a login to dhi.io` };
}

/** An official image from wherever the current one is read. */
export function official(wanted: Wanted, name: string, tag: string, because: string): Offer {
	return { reference: `${wanted.officialPrefix}${name}:${tag}`, because };
}
